"""A notice in words: `templates/notices/<event>.txt`, its first line the subject.

A notice keeps the event's facts as JSON. Before they reach a template they become what the event's
class declares: amounts, days and moments, so that the usual filters write them, and reasons whose
names and remedies are in the reader's language.
"""

import inspect
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from apps.common.outbox import Code, UnknownEventError, Written
from apps.common.outbox.encoding import decoded
from apps.common.outbox.events import of_name, payload_types
from apps.common.texts import cleaned_line

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
    context = _facts_of(event, params) | {"partner": params.get("partner"), "event": event}
    # A break in a name would end the subject there; what was stored earlier may hold one.
    words = {name: _as_line(value) for name, value in context.items()}
    subject, _line, body = template.render(words).strip().partition("\n")
    lines = "\n".join(line.strip() for line in body.strip().splitlines())
    return Text(subject=" ".join(subject.split()), body=_BLANK_LINES.sub("\n\n", lines))


def _facts_of(name: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """Return an event's facts and what it says besides; what is missing or wrong is empty."""
    try:
        kind = of_name(name)
    except UnknownEventError:
        return {}
    facts = {fact: _read(how, params.get(fact)) for fact, how in payload_types(kind).items()}
    event: Any = kind(partner_id=None, subject_id="", **facts)
    said = inspect.getmembers(kind, lambda each: isinstance(each, property))
    return facts | {word: getattr(event, word) for word, _property in said}


def _read(how: Any, raw: Any) -> Any:
    try:
        return decoded(how, raw)
    except (TypeError, ValueError, ArithmeticError):
        return "" if how in {Code, Written} else None


def _as_line(value: Any) -> Any:
    return cleaned_line(value) if type(value) is str else value
