"""One file, as a page sends it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ScanForm(forms.Form):
    """The file alone; the address that it is sent to says what it is for."""

    file = forms.FileField(label=_("File"), allow_empty_file=True)
