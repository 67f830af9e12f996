"""Columns that many lists of the admin have: states, moments, numbers of segments, yuan."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from apps.common.templatetags.components import TONES
from apps.common.templatetags.formats import local_time, segments, yuan

Column = Callable[[Any, Any], Any]
_LABEL_OF_TONE = {"good": "success", "moving": "info", "waiting": "warning", "bad": "danger"}
# A state without a tone, such as a draft, has no colour; unfold would print its code without this.
_LABELS: dict[str, str] = defaultdict(
    str,
    {state: _LABEL_OF_TONE[tone] for tone, states in TONES.items() for state in states.split()},
)


def state(field: str = "status", title: Promise | str = "") -> Column:
    """Show a choice as a coloured word."""

    @display(description=title or _("status"), ordering=field, label=_LABELS)
    def column(_admin: Any, obj: Any) -> tuple[str, str]:
        return getattr(obj, field).upper(), getattr(obj, f"get_{field}_display")()

    return cast("Column", column)


def moment(field: str, title: Promise | str) -> Column:
    """Show a moment in Asia/Shanghai."""
    return _formatted(field, title, local_time)


def quantity(field: str, title: Promise | str) -> Column:
    """Show a number of segments with thousands separators."""
    return _formatted(field, title, segments)


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
