"""Form fields that pages of several apps share: texts, numbers and days as people give them.

Every field of a form of ours is bounded: a test walks all forms and wants a length of each text, a
largest value of each number, and the rule of `texts` over each text but those of messages.
"""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from apps.common import numbers, texts

_ORNAMENTS = re.compile(r"[\s,¥元条]")
MAX_NUMBER_TEXT = 64  # as typed, with blanks, marks of currency and separators
MAX_WHOLE_NUMBER = 2**31 - 1


class LineField(forms.CharField):
    """A text of one line."""

    def to_python(self, value: Any) -> str:
        """Read the line, or say what it may not hold; tabs that a table left become blanks."""
        text = super().to_python(value)
        return texts.line(text.replace("\t", " ")) if text else ""


class LinesField(forms.CharField):
    """A text that may have line breaks."""

    def to_python(self, value: Any) -> str:
        """Read the text, or say what it may not hold."""
        text = super().to_python(value)
        return texts.lines(text) if text else ""


class LineEmailField(forms.EmailField):
    """An email address; the standard lets control characters stand in quotes, we do not."""

    def to_python(self, value: Any) -> str:
        """Read the address."""
        text = super().to_python(value)
        return texts.line(text) if text else ""


class WholeNumberField(forms.IntegerField):
    """A whole number in digits, as hidden fields and pickers of the browser give it."""

    default_error_messages = {"invalid": _("Enter a whole number.")}

    def __init__(self, *, max_value: int = MAX_WHOLE_NUMBER, **kwargs: Any) -> None:
        super().__init__(max_value=max_value, **kwargs)

    def to_python(self, value: Any) -> int | None:
        """Read the number, unless its text is longer than any."""
        if len(str(value)) > MAX_NUMBER_TEXT:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        number: int | None = super().to_python(value)
        return number


class _UsualDays:
    """A check of days: those far from now are typing errors, and overflow when a zone is applied."""

    def __call__(self, value: date | datetime) -> None:
        """Refuse a day before 1950 or after 2199."""
        day = value.date() if isinstance(value, datetime) else value
        if not numbers.is_usual_day(day):
            raise ValidationError(
                _("Give a day from %(first)s to %(last)s."),
                params={"first": numbers.FIRST_DAY.year, "last": numbers.LAST_DAY.year},
            )


class MomentField(forms.DateTimeField):
    """A moment of Asia/Shanghai, picked with the browser's own picker."""

    widget = UnfoldAdminTextInputWidget({"type": "datetime-local"})
    default_validators = [_UsualDays()]


class DayField(forms.DateField):
    """A day, picked with the browser's own picker."""

    widget = UnfoldAdminTextInputWidget({"type": "date"})
    default_validators = [_UsualDays()]


class LooseNumberField(forms.DecimalField):
    """A number as people and spreadsheets write it: ¥1,000.00, １０００, 10万."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs say int
        """Read the number without signs of currency and separators."""
        if value in self.empty_values:
            return None
        try:
            return _loose(str(value))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class LooseWholeNumberField(LooseNumberField):
    """A whole number, written likewise."""

    default_error_messages = {"invalid": _("Enter a whole number.")}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs say int
        """Read the number and refuse a fraction."""
        number = super().to_python(value)
        if number is not None and number != int(number):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return number

    def clean(self, value: Any) -> int | None:
        """Return it as a whole number."""
        number = super().clean(value)
        return None if number is None else int(number)


def _loose(text: str) -> Decimal:
    if len(text) > MAX_NUMBER_TEXT:
        raise ValueError("longer than any number")
    plain = _ORNAMENTS.sub("", unicodedata.normalize("NFKC", text))
    number = numbers.decimal_number(plain.removesuffix("万"))
    return number * 10_000 if plain.endswith("万") else number
