"""`/balance` and `/ledger`."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from apps.api import pagination
from apps.api.base import JsonView, ok
from apps.api.ledger import answers
from apps.api.schema import CURSOR, LIMIT, REQUEST_ID, problems
from apps.ledger import queries
from apps.partners.choices import Scope


class BalanceView(JsonView):
    """The account's credit."""

    scope = Scope.READ_MONEY

    @extend_schema(
        operation_id="get_balance",
        summary="Get the account's credit",
        parameters=[REQUEST_ID],
        responses={
            (200, "application/json"): answers.Balance,
            **problems(401, 403, 503),
        },
    )
    def get(self, request: Request) -> HttpResponse:
        """Return the four buckets, in segments."""
        account = self.key.account
        return ok(
            answers.Balance.show(
                queries.balance_of(account.pk),
                account=account.code,
                alert_below=queries.alert_below(account.pk),
            )
        )


class LedgerView(JsonView):
    """The account's movements."""

    scope = Scope.READ_MONEY

    @extend_schema(
        operation_id="list_ledger",
        summary="List movements of credit, newest first",
        parameters=[LIMIT, CURSOR, REQUEST_ID],
        responses={
            (200, "application/json"): answers.LedgerList,
            **problems(401, 403, 422, 503),
        },
    )
    def get(self, request: Request) -> HttpResponse:
        """List the account's ledger entries, the newest first."""
        page = pagination.page_of(request.query_params)
        rows = queries.list_entries(
            self.key.account_id, before=page.key(pagination.whole_number), limit=page.limit
        )
        document = pagination.answer(
            rows, page, key=lambda row: str(row.sequence), show=answers.LedgerEntry.show
        )
        return ok(document)
