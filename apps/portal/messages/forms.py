"""What a message log can be narrowed to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.carriers.rules import normalise
from apps.common.forms import DayField, LineField
from apps.messaging.choices import MessageStatus
from apps.portal.messages.pages import MessageFilter
from apps.portal.widgets import DateInput


class MessageFilterForm(forms.Form):
    """Status, number and period of a message log; everything may be left out."""

    status = forms.ChoiceField(
        label=_("Status"),
        choices=[("", _("All")), *MessageStatus.choices],
        required=False,
    )
    number = LineField(label=_("Number"), max_length=20, required=False)
    since = DayField(label=_("From"), widget=DateInput, required=False)
    until = DayField(label=_("To"), widget=DateInput, required=False)
    before = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_number(self) -> str:
        """Bring the number into the form it is stored in."""
        raw = self.cleaned_data["number"]
        number = normalise(raw) if raw else ""
        if number is None:
            raise forms.ValidationError(_("This is not a mainland mobile or PHS number."))
        return number

    def narrowed(self) -> MessageFilter:
        """Return the filter of a valid form."""
        given: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if value}
        return MessageFilter(**given)
