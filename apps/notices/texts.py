"""A notice in words: `templates/notices/<event>.txt`, its first line the subject.

The event's words are JSON; before they reach a template, amounts, days and moments are made what
they are, so that the usual filters write them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from apps.common.texts import cleaned_line

# What a word is made, by its name. One that is missing or something else is written as “—”.
_MAKE: dict[str, Callable[[Any], Any]] = {
    "amount_yuan": Decimal,
    "segments": int,
    "owed": int,
    "available": int,
    "alert_below": int,
    "days_left": int,
    "due_at": datetime.fromisoformat,
    "ends_on": date.fromisoformat,
    "valid_until": date.fromisoformat,
}
_BLANK_LINES = re.compile(r"\n\s*\n+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """What a notice says; `body` is plain text, its paragraphs parted by blank lines."""

    subject: str
    body: str

    @property
    def paragraphs(self) -> list[list[str]]:
        """The body's lines by paragraph."""
        return [part.splitlines() for part in self.body.split("\n\n") if part]


def text_of(event: str, params: Mapping[str, Any]) -> Text:
    """Put a notice into words in the active language.

    An event whose text is gone is named rather than lost: notices outlive the code that made them.
    """
    try:
        template = get_template(f"notices/{event}.txt")
    except TemplateDoesNotExist:
        template = get_template("notices/other.txt")
    # A break in a name would end the subject there; what was stored earlier may hold one.
    words = {name: _as_line(value) for name, value in params.items()}
    context = words | {name: _made(name, params.get(name)) for name in _MAKE}
    subject, _line, body = template.render(context | {"event": event}).strip().partition("\n")
    lines = "\n".join(line.strip() for line in body.strip().splitlines())
    return Text(subject=" ".join(subject.split()), body=_BLANK_LINES.sub("\n\n", lines))


def _as_line(value: Any) -> Any:
    return cleaned_line(value) if isinstance(value, str) else value


def _made(name: str, value: Any) -> Any:
    if value is None:
        return None
    try:
        return _MAKE[name](value)
    except (TypeError, ValueError, InvalidOperation):
        return None
