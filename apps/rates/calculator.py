"""The calculator that partners and staff have: an amount or a quantity, and what it brings."""

from datetime import datetime
from decimal import Decimal

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError
from apps.common.forms import LooseNumberField
from apps.common.money import MAX_AMOUNT_YUAN
from apps.rates.drafting import MAX_SEGMENTS
from apps.rates.queries import prices as queries


class Known(TextChoices):
    """Which side of a purchase is known."""

    AMOUNT = "amount", _("Yuan to pay")
    QUANTITY = "quantity", _("Segments to buy")


class CalculatorForm(forms.Form):
    """An amount or a quantity; the other side is reckoned."""

    known = forms.ChoiceField(
        label=_("What is known"),
        choices=Known.choices,
        initial=Known.AMOUNT,
        widget=forms.RadioSelect,
    )
    value = LooseNumberField(
        label=_("How much"),
        min_value=Decimal(0),
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, object]:
        """Check that it is yuan with cents, or whole segments."""
        values: dict[str, object] = super().clean() or {}
        value, known = self.cleaned_data.get("value"), self.cleaned_data.get("known")
        if value is None or known is None:
            return values
        if known == Known.QUANTITY and not _is_quantity(value):
            self.add_error("value", _("A whole number of segments from 1 to 999,999,999."))
        if known == Known.AMOUNT and not _is_amount(value):
            self.add_error("value", _("Yuan above zero with at most two decimals."))
        return values

    def quote(self, *, partner_id: int | None, at: datetime) -> queries.Quote | None:
        """Reckon what a valid form asks; None with the reason in the field where there is none."""
        value: Decimal = self.cleaned_data["value"]
        try:
            if self.cleaned_data["known"] == Known.QUANTITY:
                return queries.price_for_quantity(partner_id=partner_id, segments=int(value), at=at)
            return queries.price_for_amount(partner_id=partner_id, amount_yuan=value, at=at)
        except DomainError as error:
            self.add_error("value", str(error))
            return None


def _is_quantity(value: Decimal) -> bool:
    return value == int(value) and 1 <= value <= MAX_SEGMENTS


def _is_amount(value: Decimal) -> bool:
    return 0 < value <= MAX_AMOUNT_YUAN and value == round(value, 2)
