"""What a list of payments can be narrowed to."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.common.forms import LineField, LooseNumberField
from apps.common.money import MAX_AMOUNT_YUAN
from apps.partners.models import Account
from apps.portal.recharges.payments import PaymentFilter, PaymentState
from apps.portal.widgets import AccountChoiceField, in_order
from apps.recharges.queries.payments import Key
from apps.users.models import User


class PaymentFilterForm(forms.Form):
    """State, account and words of a list of payments; everything may be left out."""

    text = LineField(label=_("Payer, number or amount"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *PaymentState.choices], required=False
    )
    account = AccountChoiceField(
        label=_("Account"),
        queryset=Account.objects.none(),
        to_field_name="code",
        empty_label=_("All"),
        required=False,
    )
    before = LineField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = Account.objects.visible_to(user).select_related("customer")
        self.fields["account"].queryset = in_order(accounts)  # type: ignore[attr-defined]

    def narrowed(self) -> PaymentFilter:
        """Return the filter of a form; what is wrong in it narrows nothing."""
        self.errors  # noqa: B018 - cleans
        given = self.cleaned_data
        return PaymentFilter(
            state=given.get("state", ""),
            account=given.get("account"),
            text=given.get("text", ""),
            amount_yuan=_amount(given.get("text", "")),
            before=_key(given.get("before", "")),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether something was asked for, apart from the page."""
        return bool(set(self.changed_data) - {"before"})


def _amount(text: str) -> Decimal | None:
    try:
        amount: Decimal | None = LooseNumberField(
            required=False, max_value=MAX_AMOUNT_YUAN, max_digits=10, decimal_places=2
        ).clean(text)
    except ValidationError:
        return None
    return amount


def _key(text: str) -> Key | None:
    try:
        return Key.read(text)
    except ValueError:
        return None
