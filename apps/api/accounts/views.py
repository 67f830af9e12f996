"""`/accounts`: the partner's accounts, their warnings, and transfers between them.

A key of the partner's own account reaches all of them. A key of a customer's account reaches that
account alone, so that a customer cannot draw on the partner's credit.
"""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from apps.api import pagination
from apps.api.accounts import answers, bodies
from apps.api.base import JsonView, ok
from apps.api.once import Answered, answer_once
from apps.api.schema import CURSOR, IDEMPOTENCY_KEY, LIMIT, REQUEST_ID, problems
from apps.common import clock
from apps.common.errors import InvalidRequestError, NotFoundError
from apps.ledger import queries
from apps.ledger.services import alerts
from apps.ledger.services import credits as ledger_credits
from apps.partners.choices import Scope
from apps.partners.models import Account, ApiKey

CODE = OpenApiParameter("code", str, OpenApiParameter.PATH, description="The account's code.")


class AccountsView(JsonView):
    """The accounts that the key reaches."""

    scope = Scope.READ_MONEY

    @extend_schema(
        operation_id="list_accounts",
        summary="List accounts with their credit, the oldest first",
        parameters=[LIMIT, CURSOR, REQUEST_ID],
        responses={
            (200, "application/json"): answers.AccountList,
            **problems(401, 403, 422, 503),
        },
    )
    def get(self, request: Request) -> HttpResponse:
        """List accounts, with how many days their credit lasts."""
        page = pagination.page_of(request.query_params)
        after = page.key(pagination.whole_number) or 0
        reached = _reached_by(self.key).filter(pk__gt=after).order_by("pk")
        rows = list(reached[: page.limit + 1])
        days_left = queries.days_left(rows, at=clock.now())
        document = pagination.answer(
            rows,
            page,
            key=lambda row: str(row.pk),
            show=lambda row: answers.Account.show(row, days_left=days_left[row.pk]),
        )
        return ok(document)


class AccountView(JsonView):
    """One account."""

    http_method_names = ["get", "head", "patch"]

    @property
    def scope(self) -> Scope:  # type: ignore[override]  # DRF reads it for each request
        """Looking and changing need different scopes."""
        return Scope.MANAGE if self.request.method == "PATCH" else Scope.READ_MONEY

    @extend_schema(
        operation_id="get_account",
        summary="Get an account with its credit",
        parameters=[CODE, REQUEST_ID],
        responses={
            (200, "application/json"): answers.Account,
            **problems(401, 403, 404, 503),
        },
    )
    def get(self, _request: Request, code: str) -> HttpResponse:
        """Return an account."""
        return ok(_shown(self.key, code))

    @extend_schema(
        operation_id="change_account",
        summary="Set below how many segments to warn",
        parameters=[CODE, REQUEST_ID],
        request=bodies.AccountBody,
        responses={
            (200, "application/json"): answers.Account,
            **problems(400, 401, 403, 404, 413, 415, 422, 503),
        },
    )
    def patch(self, request: Request, code: str) -> HttpResponse:
        """Set an account's low-balance warning."""
        asked = bodies.AccountBody.of(self.plain)
        alerts.set_threshold(
            account=_found(self.key, code),
            alert_below=asked.alert_below,
            by=self.actor,
            at=clock.now(),
        )
        return ok(_shown(self.key, code))


class TransfersView(JsonView):
    """Credit moved out of an account."""

    scope = Scope.MANAGE
    http_method_names = ["post"]

    @extend_schema(
        operation_id="make_transfer",
        summary="Move credit between the own account and a customer's",
        parameters=[CODE, IDEMPOTENCY_KEY, REQUEST_ID],
        request=bodies.TransferBody,
        responses={
            (201, "application/json"): answers.Transfer,
            **problems(400, 401, 402, 403, 404, 409, 413, 415, 422, 503),
        },
    )
    def post(self, request: Request, code: str) -> HttpResponse:
        """Move available segments to another account of the partner; never below zero."""
        self.check_live()
        source = _found(self.key, code)
        asked = bodies.TransferBody.of(self.plain)
        at = clock.now()

        def perform() -> Answered:
            made = ledger_credits.transfer(
                source=source,
                target=_target(self.key, asked.to),
                segments=asked.segments,
                note=asked.note,
                by=self.actor,
                at=at,
            )
            left = queries.balance_of(source.pk).available
            return Answered(201, answers.Transfer.show(made, available=left))

        return answer_once(self.plain, scope=self.key.account_id, at=at, perform=perform)


def _reached_by(key: ApiKey) -> QuerySet[Account]:
    accounts = Account.objects.select_related("customer", "balance", "balance_alert")
    if key.account.customer_id is None:
        return accounts.filter(partner=key.account.partner_id)
    return accounts.filter(pk=key.account_id)


def _found(key: ApiKey, code: str) -> Account:
    account = _reached_by(key).filter(code=code).first() if "\0" not in code else None
    if account is None:
        raise NotFoundError
    return account


def _target(key: ApiKey, code: str) -> Account:
    try:
        return _found(key, code)
    except NotFoundError as error:
        why = [_("There is no such account.")]
        raise InvalidRequestError(errors={"to": why}) from error


def _shown(key: ApiKey, code: str) -> dict[str, object]:
    account = _found(key, code)
    days_left = queries.days_left([account], at=clock.now())[account.pk]
    return answers.Account.show(account, days_left=days_left)
