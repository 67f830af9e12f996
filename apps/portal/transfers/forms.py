"""Moving credit between a partner's accounts: what is asked, and what was confirmed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from apps.common.forms import LineField, LooseWholeNumberField
from apps.common.templatetags.formats import grouped as written
from apps.ledger.models import MAX_NOTE
from apps.partners.choices import AccountStatus
from apps.portal.ledger.pages import AccountBalance

_SALT = "portal.transfer"
CONFIRMED_WITHIN_SECONDS = 3_600


class TransferForm(forms.Form):
    """From which account to which, and how much."""

    source = forms.TypedChoiceField(label=_("From account"), coerce=int)
    target = forms.TypedChoiceField(label=_("To account"), coerce=int)
    segments = LooseWholeNumberField(
        label=_("Segments"),
        min_value=1,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    note = LineField(
        label=_("Note"),
        max_length=MAX_NOTE,
        required=False,
        help_text=_("Shown in the ledgers of both accounts."),
    )

    def __init__(self, *args: Any, accounts: Sequence[AccountBalance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accounts = {each.account.pk: each for each in accounts}
        open_ones = [each for each in accounts if each.account.status != AccountStatus.CLOSED]
        self.fields["source"].choices = _choices(accounts)  # type: ignore[attr-defined]
        self.fields["target"].choices = _choices(open_ones)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse what can be seen to be impossible, in the field where it is."""
        values: dict[str, Any] = super().clean() or {}
        source, target = self.chosen("source"), self.chosen("target")
        if source and target and source.account == target.account:
            self.add_error("target", _("Choose another account than the one it comes from."))
        asked = values.get("segments")
        if source and asked and asked > source.balance.available:
            why = _("Account %(account)s has %(available)s segments available.")
            data = {
                "account": source.account.code,
                "available": written(source.balance.available),
            }
            self.add_error("segments", forms.ValidationError(why, params=data))
        return values

    def chosen(self, side: str) -> AccountBalance | None:
        """Return the account that was chosen for a side."""
        return self.accounts.get(self.cleaned_data.get(side, 0))

    def sides(self) -> list[tuple[AccountBalance, int]]:
        """Return both accounts of a valid form, each with what it has afterwards."""
        moved = self.cleaned_data["segments"]
        source, target = (self.accounts[self.cleaned_data[side]] for side in ("source", "target"))
        return [
            (source, source.balance.available - moved),
            (target, target.balance.available + moved),
        ]


class ConfirmForm(forms.Form):
    """A transfer that was shown in full: signed, so that it is made as it was shown, and once."""

    order = LineField(max_length=2_000, widget=forms.HiddenInput)

    def clean_order(self) -> dict[str, Any]:
        """Read the order back."""
        try:
            order: dict[str, Any] = signing.loads(
                self.cleaned_data["order"], salt=_SALT, max_age=CONFIRMED_WITHIN_SECONDS
            )
        except signing.BadSignature as error:
            raise forms.ValidationError(
                _("This confirmation has run out. Fill the form in again.")
            ) from error
        return order | {"id": UUID(order["id"])}


def signed_order(form: TransferForm, transfer_id: UUID) -> str:
    """Write a valid form as an order that only this portal can have made."""
    return signing.dumps({"id": transfer_id.hex, **form.cleaned_data}, salt=_SALT)


def _choices(accounts: Sequence[AccountBalance]) -> list[tuple[int, str]]:
    return [(each.account.pk, _label(each)) for each in accounts]


def _label(each: AccountBalance) -> str:
    whose = f" · {each.account.customer}" if each.account.customer else ""
    return f"{each.account.code}{whose} · {written(each.balance.available)}"
