"""A statement as bytes, on its way out of the confined process.

Whoever takes a hostile file's parser over could answer anything, so every value is checked anew.
"""

import re
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

import orjson

from apps.recharges.statements import limits
from apps.recharges.statements.columns import Mapping
from apps.recharges.statements.lines import Fault, Format, Line, Statement, Wrong
from apps.recharges.statements.values import FIRST_YEAR, LAST_YEAR

MAX_HEADING = limits.MAX_HEADING_CHARACTERS + 10  # numbered where it stands twice
MAX_FAULTS = 10
_AMOUNT = re.compile(r"\d{1,26}(\.\d{1,2})?", re.ASCII)


def packed(statement: Statement) -> bytes:
    """Return what `unpacked` reads."""
    return orjson.dumps(
        {
            "format": statement.format.value,
            "lines": [_row(line) for line in statement.lines],
            "own_account": statement.own_account,
            "headings": statement.headings,
            "mapping": statement.mapping.to_json() if statement.mapping else None,
            "skipped_count": statement.skipped_count,
        }
    )


def _row(line: Line) -> tuple[Any, ...]:
    return (
        line.number,
        line.is_credit,
        None if line.amount_yuan is None else format(line.amount_yuan, "f"),
        line.day,
        line.moment,
        line.payer,
        line.payer_account,
        line.serial,
        line.reference,
        [(wrong.fault.value, wrong.cell) for wrong in line.wrong],
    )


def unpacked(content: bytes) -> Statement:
    """Read a statement.

    Raises:
        ValueError: it is not built like one, or beyond the `limits`.
    """
    told = orjson.loads(content)
    try:
        return _statement(told)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(error) from error


def _statement(told: dict[str, Any]) -> Statement:
    mapping = told["mapping"]
    return Statement(
        format=Format(told["format"]),
        lines=[_line(row) for row in _few(told["lines"], limits.MAX_ROWS)],
        own_account=_text(told["own_account"], 40),
        headings=tuple(
            _text(name, MAX_HEADING) for name in _few(told["headings"], limits.MAX_COLUMNS)
        ),
        mapping=None if mapping is None else _mapping(mapping),
        skipped_count=_count(told["skipped_count"]),
    )


def _mapping(told: dict[str, Any]) -> Mapping:
    names = {
        name: _text(value, MAX_HEADING) for name, value in told.items() if name != "references"
    }
    references = [_text(name, MAX_HEADING) for name in _few(told["references"], limits.MAX_COLUMNS)]
    return Mapping.from_json({**names, "references": references})


def _line(row: Any) -> Line:
    number, is_credit, amount, day, moment, payer, payer_account, serial, reference, wrong = row
    return Line(
        number=_count(number),
        is_credit=bool(is_credit),
        amount_yuan=None if amount is None else _amount(amount),
        day=None if day is None else _day(day),
        moment=None if moment is None else time.fromisoformat(moment),
        payer=_text(payer, 100),
        payer_account=_text(payer_account, 40),
        serial=_text(serial, 64),
        reference=_text(reference, 200),
        wrong=tuple(_wrong(*each) for each in _few(wrong, MAX_FAULTS)),
    )


def _wrong(fault: Any, cell: Any) -> Wrong:
    return Wrong(Fault(fault), _text(cell, limits.MAX_SHOWN_CHARACTERS))


def _text(told: Any, most: int) -> str:
    if not isinstance(told, str) or len(told) > most or "\0" in told:
        raise ValueError(told)
    return told


def _count(told: Any) -> int:
    if not isinstance(told, int) or not 0 <= told < 10**9:
        raise ValueError(told)
    return told


def _amount(told: Any) -> Decimal:
    if not _AMOUNT.fullmatch(told):
        raise ValueError(told)
    return Decimal(told)


def _day(told: Any) -> date:
    day = date.fromisoformat(told)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(told)
    return day


def _few(told: Any, most: int) -> Sequence[Any]:
    if not isinstance(told, list) or len(told) > most:
        raise ValueError(len(told))
    return told
