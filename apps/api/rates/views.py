"""`/rates/quote`: what an amount buys, or what a quantity costs."""

from decimal import Decimal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from apps.api.base import JsonView, ok
from apps.api.fields import AMOUNT_FORM, read_amount
from apps.api.rates import answers
from apps.api.schema import REQUEST_ID, problems
from apps.common import clock, numbers
from apps.common.errors import InvalidRequestError
from apps.partners.choices import Scope
from apps.rates.drafting import MAX_SEGMENTS
from apps.rates.queries import prices as queries

QUANTITY = OpenApiParameter(
    "quantity",
    {"type": "integer", "minimum": 1, "maximum": MAX_SEGMENTS},
    description="Segments to buy. Give this or `amount`.",
)
AMOUNT = OpenApiParameter(
    "amount",
    {"type": "string", "pattern": AMOUNT_FORM, "example": "10000.00"},
    description="Yuan to pay, with at most two decimals. Give this or `quantity`.",
)


class QuoteView(JsonView):
    """A purchase at the prices in force for the key's partner."""

    scope = Scope.READ_MONEY

    @extend_schema(
        operation_id="get_quote",
        summary="Reckon what an amount buys, or what a quantity costs",
        parameters=[QUANTITY, AMOUNT, REQUEST_ID],
        responses={
            (200, "application/json"): answers.Quote,
            **problems(401, 403, 404, 422, 503),
        },
    )
    def get(self, request: Request) -> HttpResponse:
        """Return segments, tier, price and remainder, and what the next tier would bring."""
        quantity, amount = (request.query_params.get(name, "") for name in ("quantity", "amount"))
        partner_id, at = self.key.account.partner_id, clock.now()
        if bool(quantity) == bool(amount):
            why = [_("Give a quantity or an amount, one of them.")]
            raise InvalidRequestError(errors={"quantity": why, "amount": why})
        if quantity:
            found = queries.price_for_quantity(
                partner_id=partner_id, segments=_quantity(quantity), at=at
            )
        else:
            found = queries.price_for_amount(
                partner_id=partner_id, amount_yuan=_amount(amount), at=at
            )
        return ok(answers.Quote.show(found))


def _quantity(raw: str) -> int:
    try:
        return numbers.whole_number(raw, least=1, most=MAX_SEGMENTS)
    except ValueError as error:
        why = _("Give a whole number from %(least)s to %(most)s.")
        shown = why % {"least": 1, "most": MAX_SEGMENTS}
        raise InvalidRequestError(errors={"quantity": [shown]}) from error


def _amount(raw: str) -> Decimal:
    try:
        return read_amount(raw)
    except ValueError as error:
        raise InvalidRequestError(errors={"amount": [str(error)]}) from error
