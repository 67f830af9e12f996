"""Columns that many lists of the admin have: states, moments, whole numbers, yuan."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from apps.common import tones
from apps.common.templatetags.formats import grouped, local_time, yuan

Column = Callable[[Any, Any], Any]
_LABEL_OF_TONE = {
    tones.Tone.GOOD: "success",
    tones.Tone.MOVING: "info",
    tones.Tone.WAITING: "warning",
    tones.Tone.BAD: "danger",
}


class _Labels(dict[str, str]):
    """How unfold colours a state; one without a tone, such as a draft, has no colour."""

    def __missing__(self, state: str) -> str:
        # Without an answer unfold would print the state's code.
        return _LABEL_OF_TONE.get(tones.tone_of(state), "")


def state(field: str = "status", title: Promise | str = "") -> Column:
    """Show a choice as a coloured word."""

    @display(description=title or _("status"), ordering=field, label=_Labels())
    def column(_admin: Any, obj: Any) -> tuple[str, str]:
        return getattr(obj, field).upper(), getattr(obj, f"get_{field}_display")()

    return cast("Column", column)


def moment(field: str, title: Promise | str) -> Column:
    """Show a moment in Asia/Shanghai."""
    return _formatted(field, title, local_time)


def quantity(field: str, title: Promise | str) -> Column:
    """Show a whole number with thousands separators."""
    return _formatted(field, title, grouped)


def money(field: str, title: Promise | str) -> Column:
    """Show an amount of yuan."""
    return _formatted(field, title, yuan)


def _formatted(field: str, title: Promise | str, write: Callable[[Any], str]) -> Column:
    @display(description=title, ordering=field)
    def column(_admin: Any, obj: Any) -> str:
        value: datetime | int | None = obj
        for name in field.split("__"):
            value = getattr(value, name, None)
        return write(value)

    return cast("Column", column)
