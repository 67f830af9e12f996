"""The wording of a pledge, and how long one holds. Plain Python.

A wording is text in paragraphs, one a line:

    ## a heading
    - one of a list, as the nine kinds of forbidden content
    a paragraph, in which {customer}, {partner}, {gateway} stand for the parties
"""

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

# What a wording may name; filled in when the form is printed.
BLANKS = frozenset({"customer", "partner", "gateway"})
FORBIDDEN_KINDS_COUNT = 9  # Source: agreement clause 6(4).
MAX_WORDING_CHARACTERS = 20_000
MAX_SAMPLES = 5
MAX_SAMPLE_CHARACTERS = 500  # The longest message of the send interface.
_BLANK = re.compile(r"\{([^{}]*)\}")


class Kind(enum.Enum):
    """What a paragraph is."""

    HEADING = "heading"
    ITEM = "item"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """One line of a wording, without its mark."""

    kind: Kind
    text: str


class WordingProblem(enum.Enum):
    """Why a text cannot be the wording of a pledge."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_HEADING = "no_heading"
    UNKNOWN_BLANK = "unknown_blank"
    KINDS_MISSING = "kinds_missing"


def paragraphs(wording: str) -> list[Paragraph]:
    r"""Read a wording; blank lines only part paragraphs.

    >>> [each.kind.value for each in paragraphs("## 一、总则\n\n遵守法律。\n- 谣言")]
    ['heading', 'text', 'item']
    """
    return [_paragraph(line.strip()) for line in wording.splitlines() if line.strip()]


def problem(wording: str) -> WordingProblem | None:
    """Return what is wrong with a wording, or None.

    It has headings, names no blank that is not filled, and lists the nine kinds of content that
    agreement clause 6(4) forbids.
    """
    kinds = [each.kind for each in paragraphs(wording)]
    if not kinds:
        return WordingProblem.EMPTY
    if len(wording) > MAX_WORDING_CHARACTERS:
        return WordingProblem.TOO_LONG
    if Kind.HEADING not in kinds:
        return WordingProblem.NO_HEADING
    if set(_BLANK.findall(wording)) - BLANKS:
        return WordingProblem.UNKNOWN_BLANK
    if kinds.count(Kind.ITEM) < FORBIDDEN_KINDS_COUNT:
        return WordingProblem.KINDS_MISSING
    return None


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put values for the blanks of a paragraph; a brace within a value stays what it is.

    >>> filled("{customer}承诺", {"customer": "半山书店"})
    '半山书店承诺'
    """
    return _BLANK.sub(lambda found: values[found[1]], text)


def year_after(day: date) -> date:
    """Return the same day of the next year; 1 March for 29 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def default_validity(today: date, running_until: date | None) -> tuple[date, date]:
    """Return from when until before when a pledge approved today holds: a year.

    A renewal holds at once, beside the old one, and until a year after the old one's end: who
    renews early loses nothing.
    """
    return today, year_after(max(today, running_until or today))


def _paragraph(line: str) -> Paragraph:
    if line.startswith("##"):
        return Paragraph(kind=Kind.HEADING, text=line.removeprefix("##").strip())
    if line.startswith("- "):
        return Paragraph(kind=Kind.ITEM, text=line.removeprefix("- ").strip())
    return Paragraph(kind=Kind.TEXT, text=line)
