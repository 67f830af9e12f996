"""Form fields that pages of several apps share."""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

_ORNAMENTS = re.compile(r"[\s,¥元条]")


class MomentField(forms.DateTimeField):
    """A moment of Asia/Shanghai, picked with the browser's own picker."""

    widget = UnfoldAdminTextInputWidget({"type": "datetime-local"})


class DayField(forms.DateField):
    """A day, picked with the browser's own picker."""

    widget = UnfoldAdminTextInputWidget({"type": "date"})


class LooseNumberField(forms.DecimalField):
    """A number as people and spreadsheets write it: ¥1,000.00, １０００, 10万."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs say int
        """Read the number without signs of currency and separators."""
        if not isinstance(value, str):
            return super().to_python(value)
        plain = _ORNAMENTS.sub("", unicodedata.normalize("NFKC", value))
        in_ten_thousands = plain.endswith("万")
        number = super().to_python(plain.removesuffix("万"))
        return number * 10_000 if number is not None and in_ten_thousands else number


class LooseWholeNumberField(LooseNumberField):
    """A whole number, written likewise."""

    default_error_messages = {"invalid": _("Enter a whole number.")}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs say int
        """Read the number and refuse a fraction."""
        number = super().to_python(value)
        if number is not None and number.is_finite() and number != int(number):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return number

    def clean(self, value: Any) -> int | None:
        """Return it as a whole number."""
        number = super().clean(value)
        return None if number is None else int(number)
