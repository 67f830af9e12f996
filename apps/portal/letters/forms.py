"""An authorisation letter as it is entered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError
from apps.common.forms import DayField, LineField, LinesField
from apps.partners.services import credit_codes
from apps.portal.widgets import DateInput
from apps.signatures.choices import LetterStatus
from apps.signatures.models import AuthorisationLetter
from apps.signatures.services.letters import Terms


class LetterForm(forms.Form):
    """Who authorises whom, which signatures, and for how long."""

    grantor_name = LineField(
        label=_("Company that authorises"),
        max_length=100,
        help_text=_("In full, as it stands on its licence."),
    )
    grantor_code = LineField(label=_("Its unified social credit code"), max_length=30)
    grantee_name = LineField(
        label=_("Authorised company"),
        max_length=100,
        help_text=_("You, or the customer that sends, as the letter names it."),
    )
    texts = LinesField(
        label=_("Signatures it names"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("As they stand in the letter, one a line."),
    )
    covers_all = forms.BooleanField(
        label=_("It covers every signature of that company"), required=False
    )
    valid_from = DayField(label=_("Valid from"), widget=DateInput)
    valid_until = DayField(
        label=_("Valid until"),
        widget=DateInput,
        help_text=AuthorisationLetter._meta.get_field("valid_until").help_text,
    )

    def clean_grantor_code(self) -> str:
        """Check the check digit."""
        try:
            return credit_codes.checked(self.cleaned_data["grantor_code"])
        except DomainError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Refuse what can be seen to be impossible, in the field where it is."""
        values: dict[str, Any] = super().clean() or {}
        begins, ends = values.get("valid_from"), values.get("valid_until")
        if begins and ends and ends <= begins:
            self.add_error("valid_until", _("It ends before it begins."))
        if values.get("covers_all") and values.get("texts", "").strip():
            self.add_error("texts", _("Leave this empty where the letter covers all."))
        return values

    def terms(self) -> Terms:
        """Return what a valid form says."""
        values = self.cleaned_data
        named = (line.strip() for line in values["texts"].splitlines())
        return Terms(**values | {"texts": tuple(line for line in named if line)})


class LetterFilterForm(forms.Form):
    """Company and status of a list of letters; everything may be left out."""

    text = LineField(label=_("Company or signature"), max_length=100, required=False)
    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *LetterStatus.choices], required=False
    )


def initial_of(letter: AuthorisationLetter) -> dict[str, Any]:
    """Return what the form shows of a letter."""
    values = {name: getattr(letter, name) for name in LetterForm.base_fields}
    return values | {"texts": "\n".join(letter.texts)}
