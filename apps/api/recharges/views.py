"""`/recharges`: payments reported with their slips, and what became of the account's money."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from apps.api import blame, multipart, pagination
from apps.api.base import ok
from apps.api.managed import ManagedView
from apps.api.recharges import answers
from apps.api.recharges.bodies import RemittanceBody
from apps.api.schema import CURSOR, IDEMPOTENCY_KEY, LIMIT, REQUEST_ID, problems
from apps.common import clock
from apps.partners.choices import Scope
from apps.recharges.queries.payments import Key
from apps.recharges.services import remittances

AT_FAULT = {
    "amount_invalid": "amount",
    "remittance_day_ahead": "paid_on",
    "remittance_repeated": "another",
}


class RechargesView(ManagedView):
    """The payments for the key's account."""

    http_method_names = ["get", "head", "post"]

    @property
    def scope(self) -> Scope:  # type: ignore[override]  # DRF reads it for each request
        """Looking and reporting need different scopes."""
        return Scope.MANAGE if self.request.method == "POST" else Scope.READ_MONEY

    @extend_schema(
        operation_id="list_recharges",
        summary="List payments and what was credited for them, the newest first",
        parameters=[LIMIT, CURSOR, REQUEST_ID],
        responses={
            (200, "application/json"): answers.PaymentList,
            **problems(401, 403, 422, 503),
        },
    )
    def get(self, request: Request) -> HttpResponse:
        """List payments that were reported, and money found that nobody reported."""
        page = pagination.page_of(request.query_params)
        before = page.key(Key.read)
        rows = answers.newest(self.key.account_id, before=before, most=page.limit + 1)
        document = pagination.answer(
            rows, page, key=lambda row: str(Key.of(row)), show=answers.payment
        )
        return ok(document)

    @extend_schema(
        operation_id="report_payment",
        summary="Report a payment with its slip",
        parameters=[IDEMPOTENCY_KEY, REQUEST_ID],
        request={multipart.MULTIPART: RemittanceBody},
        responses={
            (201, "application/json"): answers.Payment,
            **problems(400, 401, 403, 409, 413, 415, 422, 503),
        },
    )
    def post(self, _request: Request) -> HttpResponse:
        """Report a payment; it is credited on the day on which the money is found."""
        form = self.form()
        asked = RemittanceBody.read(form.values)
        enter = remittances.enter_another if asked.another else remittances.enter

        def perform() -> dict[str, Any]:
            with blame.fields(AT_FAULT):
                made = enter(
                    account=self.key.account,
                    amount_yuan=asked.amount,
                    paid_on=asked.paid_on,
                    payer=asked.payer,
                    bank_reference=asked.bank_reference,
                    voucher=asked.file,
                    by=self.actor,
                    at=clock.now(),
                )
            return answers.payment(made)

        return self.once(perform, status=201, told_by=form.told_by)
