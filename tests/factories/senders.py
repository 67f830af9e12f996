"""Accounts that may send: agreement, signature, routes, credit and a key in place."""

import json
import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client
from django.test.client import encode_multipart

from apps.audit.actors import SYSTEM
from apps.carriers.models import Connector, Route
from apps.common import clock
from apps.ledger.models import Balance
from apps.ledger.services.credits import recharge
from apps.messaging.accepting import senders
from apps.partners.choices import KeyMode, Scope
from apps.partners.models import Account, ApiKey
from apps.partners.services import api_keys
from tests.factories.agreements import AgreementFactory
from tests.factories.messaging import ConnectorFactory
from tests.factories.partners import AccountFactory
from tests.factories.signatures import SignatureFactory

SIGNATURE = "青禾软件"
MESSAGES = "/api/v1/messages"
SEND = {"to": "13800138000", "text": "您的订单已发货。"}


def make_routes() -> None:
    """Give every network a route, for service and for tests."""
    if not Route.objects.exists():
        connector: Connector = ConnectorFactory()
        for is_test in (False, True):
            Route.objects.create(operator="OTHER", connector=connector, is_test=is_test)


def make_account(segments: int = 1000, **overrides: Any) -> Account:
    """Return an account that may send so many segments."""
    make_routes()
    account: Account = AccountFactory(**overrides)
    if not account.partner.agreements.exists():
        AgreementFactory(partner=account.partner, active=True, starts_on=date(2020, 1, 1))
    SignatureFactory(account=account, text=SIGNATURE, approved=True, is_default=True)
    if segments:
        at = clock.now()
        recharge(account_id=account.pk, segments=segments, recharge_id=1, by=SYSTEM, at=at)
    return account


@dataclass(frozen=True)
class Caller:
    """A partner's software: an account's key, and the requests it makes."""

    account: Account
    key: ApiKey
    plain: str

    def get(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> Any:
        return Client().get(path, query, headers=self._headers(headers))

    def post(self, body: Any, path: str = MESSAGES, **headers: str) -> Any:
        """Post a document, or bytes as they are."""
        content = body if isinstance(body, bytes) else json.dumps(body)
        return Client().post(
            path, content, content_type="application/json", headers=self._headers(headers)
        )

    def patch(self, path: str, body: Any) -> Any:
        return Client().patch(
            path, json.dumps(body), content_type="application/json", headers=self._headers({})
        )

    def delete(self, path: str) -> Any:
        return Client().delete(path, headers=self._headers({}))

    def upload(self, path: str, form: dict[str, Any], **headers: str) -> Any:
        """Post a form; what is a file in it is sent as one, with a boundary of its own."""
        content = encode_multipart(boundary := f"b-{uuid.uuid4().hex}", form)
        kind = f"multipart/form-data; boundary={boundary}"
        return Client().post(path, content, content_type=kind, headers=self._headers(headers))

    def balance(self) -> Balance:
        return Balance.objects.get(pk=self.account.pk)

    def sender(self, **asked: Any) -> senders.Sender:
        """Return what the send path reads about this caller."""
        today = clock.local_date(clock.now())
        return senders.load(
            **{"plain_key": self.plain, "today": today, "signature": None, "key": None} | asked
        )

    def _headers(self, others: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in others.items()}
        return {"Authorization": f"Bearer {self.plain}", "Accept-Language": "en"} | named


def make_caller(
    account: Account | None = None,
    *,
    mode: KeyMode = KeyMode.LIVE,
    scopes: tuple[str, ...] = tuple(Scope.values),
    allowed_networks: tuple[str, ...] = (),
    **overrides: Any,
) -> Caller:
    """Return the software of an account, a new one unless it is given."""
    account = account or make_account(**overrides)
    key, plain = api_keys.issue(
        account=account,
        name="ERP",
        mode=mode,
        by=SYSTEM,
        scopes=scopes,
        allowed_networks=allowed_networks,
    )
    return Caller(account, key, plain)
