"""A payment as it is reported with its slip."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError
from apps.common.forms import DayField, LineField, LooseNumberField
from apps.common.money import CENT, MAX_AMOUNT_YUAN
from apps.partners.choices import AccountStatus
from apps.partners.models import Account
from apps.portal.widgets import AccountChoiceField, DateInput, in_order
from apps.recharges.models import Remittance
from apps.recharges.services.bank_entries import AmountError
from apps.recharges.services.remittances import Claim, RemittanceDayError
from apps.users.models import User

_FIELD_OF: dict[type[DomainError], str] = {
    AmountError: "amount_yuan",
    RemittanceDayError: "paid_on",
}
AMOUNT: dict[str, Any] = {"max_value": MAX_AMOUNT_YUAN, "max_digits": 10, "decimal_places": 2}


class ClaimForm(forms.Form):
    """What was paid, as the slip says it."""

    # Beside which field a refusal is told that is about neither amount nor day.
    elsewhere: str | None = None

    amount_yuan = LooseNumberField(
        label=_("Amount, yuan"),
        min_value=CENT,
        **AMOUNT,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )
    paid_on = DayField(label=_("Day paid"), widget=DateInput)
    payer = LineField(
        label=_("Payer"),
        max_length=100,
        help_text=_("The name on the slip, in full: the bank's line is found by it."),
    )
    bank_reference = LineField(
        label=_("Number on the slip"),
        max_length=64,
        required=False,
        help_text=_("The bank's serial or slip number, if there is one."),
    )

    def claim(self) -> Claim:
        """Return what a valid form says."""
        names = ("amount_yuan", "paid_on", "payer", "bank_reference")
        return Claim(**{name: self.cleaned_data[name] for name in names})

    def refuse(self, error: DomainError) -> None:
        """Tell why the service refused, beside the field that it is about."""
        self.add_error(_FIELD_OF.get(type(error), self.elsewhere), str(error))


class RemittanceForm(ClaimForm):
    """A payment that is reported, with the account that it is for and its slip."""

    elsewhere = "voucher"

    account = AccountChoiceField(
        label=_("Account to recharge"), queryset=Account.objects.none(), empty_label=None
    )
    # Kept in the page while the rest of the form is drawn anew, so that the file stays chosen.
    voucher = forms.FileField(
        label=_("Slip"),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".pdf,.jpg,.jpeg,.png", "hx-preserve": "true"}),
    )
    field_order = ("account", "amount_yuan", "paid_on", "payer", "bank_reference", "voucher")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = open_accounts(user)  # type: ignore[attr-defined]


def open_accounts(user: User) -> Any:
    """Return the accounts that may be recharged: the partner's own, then customers'."""
    accounts = Account.objects.visible_to(user).exclude(status=AccountStatus.CLOSED)
    return in_order(accounts.select_related("customer"))


def initial_of(remittance: Remittance) -> dict[str, Any]:
    """Return what the form shows of a reported payment."""
    return {name: getattr(remittance, name) for name in ClaimForm.base_fields}
