"""Filling blanks, warning of the end, comparing wordings: nothing here reads or writes a row."""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import cn2an

WARNING_DAYS = (60, 30, 7)
_BLANK = re.compile(r"\{([^{}]*)\}")


def blanks_in(text: str) -> list[str]:
    """Return the names in braces, in their order."""
    return _BLANK.findall(text)


def has_stray_brace(text: str) -> bool:
    """Tell whether a brace stands alone, which would be printed as it is."""
    return bool(re.search(r"[{}]", _BLANK.sub("", text)))


def filled(text: str, values: Mapping[str, str]) -> list[dict[str, str]]:
    """Cut a text at its blanks: pieces of text, and the values that stand in between.

    Raises:
        KeyError: a blank has no value.
    """
    pieces = []
    for place, part in enumerate(_BLANK.split(text)):  # text and names in turn
        if place % 2:
            pieces.append({"blank": values[part]})
        elif part:
            pieces.append({"text": part})
    return pieces


def label(kind: str, number: str) -> str:
    """Write a clause's number as the paper shows it: 第六条, （四）, 1."""
    last = int(number.rpartition(".")[2])
    if kind == "SECTION":
        return f"{cn2an.an2cn(last)}、"
    if kind == "CLAUSE":
        return f"第{cn2an.an2cn(last)}条"
    if kind == "ITEM":
        return f"（{cn2an.an2cn(last)}）"
    return f"{last}." if kind == "POINT" else ""


def is_whole_amount(*, segments: int, unit_price_yuan: Decimal, amount_yuan: Decimal) -> bool:
    """Tell whether quantity × price is the amount, to the cent and without rounding.

    Rounded, the amount would buy a segment less than the agreement names.
    """
    return segments * unit_price_yuan == amount_yuan


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """The warning to give today, and the earlier ones that it makes up for."""

    days: int
    made_up_for: tuple[int, ...]


def warning_due(
    *, ends_on: date, in_force_since: date, today: date, given: Collection[int]
) -> Due | None:
    """Return the warning that is due, once: the last one reached, if it was not given before.

    Whoever missed days (a stopped worker) gives it late; those before it are made up for by it,
    since three warnings on one day would say nothing more. A warning whose day lay before the
    agreement came into force was never due. From the last day on it expires instead.
    """
    if today >= ends_on:
        return None
    reached = [
        days
        for days in WARNING_DAYS
        if in_force_since <= ends_on - timedelta(days=days) <= today and days not in given
    ]
    if not reached or min(reached) > min(given, default=max(WARNING_DAYS)):
        return None
    return Due(days=min(reached), made_up_for=tuple(reached[:-1]))


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """A stretch of text, and whether the other version lacks it."""

    text: str
    is_changed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A clause in two versions; an empty side says that the version does not have it."""

    label: str
    title: str
    before: Sequence[Stretch]
    after: Sequence[Stretch]

    @property
    def is_changed(self) -> bool:
        """Tell whether the two differ."""
        return any(stretch.is_changed for stretch in (*self.before, *self.after))


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """What is compared of a clause."""

    kind: str
    number: str
    title: str
    text: str


def compare(before: Iterable[Clause], after: Iterable[Clause]) -> list[Difference]:
    """Set two wordings side by side, clause by clause, in the order of the later one.

    A clause that only the earlier one has stands behind the one it followed there.
    """
    old = {(clause.kind, clause.number): clause for clause in before}
    new = {(clause.kind, clause.number): clause for clause in after}
    matcher = difflib.SequenceMatcher(None, list(old), list(new), autojunk=False)
    keys: dict[tuple[str, str], None] = {}
    for _tag, a, b, c, d in matcher.get_opcodes():
        keys |= dict.fromkeys([*list(old)[a:b], *list(new)[c:d]])
    return [_difference(key, old.get(key), new.get(key)) for key in keys]


def _difference(key: tuple[str, str], old: Clause | None, new: Clause | None) -> Difference:
    before, after = _words(old), _words(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    left, right = [], []
    for tag, a, b, c, d in matcher.get_opcodes():
        is_changed = tag != "equal"
        left += [Stretch(text=before[a:b], is_changed=is_changed)] if b > a else []
        right += [Stretch(text=after[c:d], is_changed=is_changed)] if d > c else []
    shown = new or old
    return Difference(
        label=label(*key), title=shown.title if shown else "", before=left, after=right
    )


def _words(clause: Clause | None) -> str:
    if clause is None:
        return ""
    return f"{clause.title}　{clause.text}" if clause.title else clause.text
