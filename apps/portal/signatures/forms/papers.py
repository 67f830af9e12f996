"""A file of an application, as it is sent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.forms import DayField
from apps.portal.widgets import DateInput
from apps.signatures.choices import ProofType


class ProofForm(forms.Form):
    """A file with what it is."""

    type = forms.ChoiceField(choices=ProofType.choices)
    valid_until = DayField(label=_("Valid until"), widget=DateInput, required=False)
    file = forms.FileField(label=_("File"), allow_empty_file=True)


class ReplacementForm(forms.Form):
    """A newer file in the place of one."""

    valid_until = DayField(label=_("Valid until"), widget=DateInput, required=False)
    file = forms.FileField(label=_("File"), allow_empty_file=True)
