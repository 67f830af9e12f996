"""The one call for a send, as an interface makes it whose accounts have no API key."""

import pytest

from apps.audit.actors import Actor
from apps.common import clock
from apps.common.errors import DomainError, NotFoundError
from apps.ledger.models import LedgerEntry
from apps.messaging import accepting, errors
from apps.messaging.models import Message
from apps.partners.models import Account, ApiKey
from apps.signatures.models import Signature
from tests.factories.senders import make_account

NUMBER = "13800138000"
SOFTWARE = Actor(kind="system", label="other interface")


@pytest.fixture
def account(db):
    account = make_account(5)
    ApiKey.objects.all().delete()
    return account


def accept(account, **fields):
    caller = accepting.AccountCaller(account_id=account.pk, actor=SOFTWARE)
    request = accepting.Request(to=[NUMBER], text="您好", **fields)
    return accepting.accept(caller, request, at=clock.now())


class TestAccountWithoutKey:
    def test_sends_and_pays(self, account):
        answer = accept(account)

        assert answer["available"] == 4
        assert Message.objects.get().number == NUMBER
        assert LedgerEntry.objects.get(kind="CAPTURE").actor == "other interface"

    def test_is_answered_again_under_its_idempotency_key(self, account):
        first = accept(account, key="k", fingerprint=b"1")

        assert accept(account, key="k", fingerprint=b"1") == first
        assert Message.objects.count() == 1

    @pytest.mark.parametrize(
        ("change", "error"),
        [
            (lambda account: Account.objects.update(status="SUSPENDED"), "account_suspended"),
            (
                lambda account: account.partner.agreements.update(status="EXPIRED"),
                "agreement_inactive",
            ),
            (
                lambda account: account.signatures.update(holds_until="2026-01-01"),
                "signature_not_approved",
            ),
        ],
        ids=["suspended", "agreement over", "signature no longer proved"],
    )
    def test_meets_the_same_checks(self, account, change, error):
        change(account)

        with pytest.raises(DomainError) as refused:
            accept(account)

        assert refused.value.code == error
        assert not Message.objects.exists()

    def test_that_is_not_there_is_not_found(self, account):
        with pytest.raises(NotFoundError):
            accept(Account(pk=account.pk + 1))


def test_a_signature_ends_with_its_last_day_whether_or_not_a_task_has_been_there(account):
    today = clock.local_date(clock.now())
    Signature.objects.update(holds_until=today)

    with pytest.raises(errors.SignatureNotApprovedError):
        accept(account)
