"""From rows of cells to lines: where the headings are, what a row says, which rows say nothing.

A bank's table begins with a preamble (its name, the account, the period), has headings of one to
three rows, and ends with totals and remarks. Headings of several rows are joined from top to
bottom; an upper one that spans columns counts for each of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal

from apps.recharges.statements import columns, values
from apps.recharges.statements.columns import Mapping, Sign
from apps.recharges.statements.limits import MAX_HEADING_CHARACTERS, MAX_SERIAL_CHARACTERS
from apps.recharges.statements.lines import Fault, Format, Line, Statement, Wrong, held, wrong_cell
from apps.recharges.statements.values import Cell

Row = Sequence[Cell]
HEADING_DEPTH = 60  # rows of preamble that are searched
HEADING_ROWS = 3
_FOOTER = re.compile(
    r"合计|总计|小计|累计|本页|承前页|过次页|期初|期末|总笔数|总金额|共\d*笔|打印(时间|日期)|制表|以下空白|"
    r"^total|opening balance|closing balance"
)
_OWN_ACCOUNT = re.compile(
    r"(?:本方|查询|我方|企业)?[账帐]\s*[户号]\s*[::]?\s*([0-9][0-9 \-]{7,35})"
)


@dataclass(frozen=True, slots=True)
class Headings:
    """Where a table begins: its headings, and the first row below them."""

    names: tuple[str, ...]
    first_row: int
    mapping: Mapping


def read(rows: Sequence[Row], kind: Format, mapping: Mapping | None = None) -> Statement:
    """Return the lines of a table, read by `mapping` where it fits and by a guess otherwise.

    Where day and amount are not found, there are no lines: a person chooses among the headings of
    the row that looks most like some.
    """
    headings = _find_headings(rows, mapping)
    if headings is None:
        names = _likely_headings(rows)
        guess = columns.guess(names)
        return Statement(
            format=kind, lines=[], headings=names, mapping=guess, skipped_count=len(rows)
        )
    reader = _Reader(headings)
    lines = [reader.line(row, at + 1) for at, row in _body(rows, headings)]
    found = [line for line in lines if line is not None]
    return Statement(
        format=kind,
        lines=found,
        own_account=_own_account(rows[: headings.first_row]),
        headings=tuple(name for name in headings.names if name),
        mapping=headings.mapping,
        skipped_count=len(rows) - len(found),
    )


def _body(rows: Sequence[Row], headings: Headings) -> list[tuple[int, Row]]:
    """Return the rows below the headings with their places, without repeated headings."""
    top = [values.plain(cell) for cell in rows[headings.first_row - 1]]
    return [
        (at, row)
        for at, row in enumerate(rows)
        if at >= headings.first_row and not _is_same(row, top)
    ]


def _is_same(row: Row, top: Sequence[str]) -> bool:
    return len(row) == len(top) and all(
        values.plain(cell) == word for cell, word in zip(row, top, strict=True)
    )


def _find_headings(rows: Sequence[Row], saved: Mapping | None) -> Headings | None:
    """Take the block that names most, and among equals the one of fewest rows."""
    best: tuple[tuple[int, int], Headings] | None = None
    for at in range(min(len(rows), HEADING_DEPTH)):
        for depth in range(1, HEADING_ROWS + 1):
            block = rows[at : at + depth]
            if len(block) < depth or not all(map(_may_be_heading, block)):
                break
            names = _joined(block)
            mapping = saved if saved and saved.fits(names) else columns.guess(names)
            score = (_score(mapping), -depth)
            if mapping.is_usable and (best is None or score > best[0]):
                best = (score, Headings(names, at + depth, mapping))
    return best[1] if best else None


def _likely_headings(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the words of the row that has most of them and no values."""
    blocks = [_joined([row]) for row in rows[:HEADING_DEPTH] if _may_be_heading(row)]
    named = [tuple(name for name in names if name) for names in blocks]
    return max(named, key=len, default=())


def _score(mapping: Mapping) -> int:
    named = (mapping.credit, mapping.debit, mapping.flag, mapping.payer, mapping.serial)
    return sum(map(bool, (*named, mapping.payer_account, *mapping.references)))


def _may_be_heading(row: Row) -> bool:
    """Headings are words: no cell of theirs is a day or an amount."""
    cells = [cell for cell in row if not values.is_blank(cell)]
    return bool(cells) and all(isinstance(cell, str) and not _is_value(cell) for cell in cells)


def _is_value(cell: str) -> bool:
    for read_cell in (values.amount, values.day_and_time):
        try:
            if read_cell(cell) is not None:
                return True
        except ValueError:
            continue
    return False


def _joined(block: Sequence[Row]) -> tuple[str, ...]:
    """Join headings downwards; what spans columns is repeated above each that has more below."""
    width = max(map(len, block))
    names = [""] * width
    for depth, row in enumerate(block):
        over = ""
        for at in range(width):
            own = values.text(row[at]) if at < len(row) else ""
            is_spanned = any(
                at < len(lower) and values.text(lower[at]) for lower in block[depth + 1 :]
            )
            over = own or (over if is_spanned else "")
            names[at] += over if not names[at].endswith(over) else ""
    return _distinct([name[:MAX_HEADING_CHARACTERS] for name in names])


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Number headings that stand twice, so that each names one column."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return tuple(result)


def _own_account(preamble: Sequence[Row]) -> str:
    for row in preamble:
        found = _OWN_ACCOUNT.search(" ".join(values.plain(cell) for cell in row))
        if found:
            return re.sub(r"\D", "", found[1])
    return ""


class _Reader:
    """Reads rows below known headings."""

    def __init__(self, headings: Headings) -> None:
        self._mapping = headings.mapping
        self._width = len(headings.names)
        self._place = {name: at for at, name in enumerate(headings.names) if name}

    def line(self, row: Row, number: int) -> Line | None:
        """Return what a row says; None for one without money, such as a total or a remark."""
        if self._is_footer(row):
            return None
        wrong: list[Wrong] = []
        if any(not values.is_blank(cell) for cell in row[self._width :]):
            wrong.append(Wrong(Fault.CELLS_SHIFTED))  # 1,234.50 without quotation marks would be 1
        money = self._money(row, wrong)
        if money is None and not wrong and self._says_nothing(row):
            return None
        if money is None and not wrong:
            wrong.append(Wrong(Fault.AMOUNT_MISSING))
        day = self._day(row, wrong)
        is_credit = money is None or money > 0
        line = Line(
            number=number,
            is_credit=is_credit,
            amount_yuan=held(money and abs(money), is_credit=is_credit, wrong=wrong),
            day=day[0] if day else None,
            moment=day[1] if day else None,
            payer=self._text(row, self._mapping.payer)[:100],
            payer_account=self._account(row),
            reference=self._reference(row),
        )
        return replace(line, serial=self._serial(row, wrong), wrong=tuple(wrong))

    def _cell(self, row: Row, name: str) -> Cell:
        at = self._place.get(name) if name else None
        return row[at] if at is not None and at < len(row) else None

    def _text(self, row: Row, name: str) -> str:
        cell = self._cell(row, name)
        return "" if values.is_blank(cell) else values.text(cell)

    def _is_footer(self, row: Row) -> bool:
        words = [values.plain(cell) for cell in row if not values.is_blank(cell)]
        if not words:
            return True
        date_cell = values.plain(self._cell(row, self._mapping.date))
        is_dated = any(map(str.isdigit, date_cell[:4])) and not _FOOTER.search(date_cell)
        return not is_dated and any(_FOOTER.search(word) for word in words)

    def _day(self, row: Row, wrong: list[Wrong]) -> tuple[date, time | None] | None:
        cell = self._cell(row, self._mapping.date)
        try:
            found = values.day_and_time(cell, style=self._mapping.date_style)
            if found and found[1] is None and self._mapping.time:
                return found[0], self._clock_time(row)
        except ValueError:
            wrong.append(wrong_cell(Fault.DATE_UNREADABLE, values.text(cell)))
            return None
        if found is None:
            wrong.append(Wrong(Fault.DATE_MISSING))
        return found

    def _says_nothing(self, row: Row) -> bool:
        """Tell whether a row without money is a remark, or an entry of nothing, such as 0.00."""
        names = (self._mapping.credit, self._mapping.debit, self._mapping.amount)
        if any(not values.is_blank(self._cell(row, name)) for name in names):
            return True
        try:
            return not values.day_and_time(self._cell(row, self._mapping.date))
        except ValueError:
            return True

    def _clock_time(self, row: Row) -> time | None:
        cell = self._cell(row, self._mapping.time)
        try:
            return values.clock_time(cell)
        except ValueError:
            found = values.day_and_time(cell, style=self._mapping.date_style)
            return found[1] if found else None

    def _money(self, row: Row, wrong: list[Wrong]) -> Decimal | None:
        """Return the amount with its sign: above zero came in. None when the row has no money."""
        if self._mapping.sign == Sign.COLUMNS:
            return self._of_two_columns(row, wrong)
        amount = self._amount(row, self._mapping.amount, wrong)
        if not amount or self._mapping.sign == Sign.SIGNED:
            return amount or None
        flag = self._cell(row, self._mapping.flag)
        try:
            return amount if values.is_credit(flag) else -amount
        except ValueError:
            wrong.append(wrong_cell(Fault.DIRECTION_UNREADABLE, values.text(flag)))
            return None

    def _of_two_columns(self, row: Row, wrong: list[Wrong]) -> Decimal | None:
        credit = self._amount(row, self._mapping.credit, wrong)
        debit = self._amount(row, self._mapping.debit, wrong)
        if credit and debit:
            wrong.append(Wrong(Fault.AMOUNT_TWICE))
            return None
        if credit:
            return credit
        return -abs(debit) if debit else None

    def _amount(self, row: Row, name: str, wrong: list[Wrong]) -> Decimal | None:
        cell = self._cell(row, name)
        try:
            return values.amount(cell)
        except ValueError:
            wrong.append(wrong_cell(Fault.AMOUNT_UNREADABLE, values.text(cell)))
            return None

    def _serial(self, row: Row, wrong: list[Wrong]) -> str:
        cell = self._cell(row, self._mapping.serial)
        try:
            found = values.serial(cell)
        except ValueError:
            wrong.append(wrong_cell(Fault.SERIAL_DAMAGED, values.text(cell)))
            return ""
        if len(found) > MAX_SERIAL_CHARACTERS:
            wrong.append(Wrong(Fault.SERIAL_TOO_LONG))
            return ""
        return found

    def _account(self, row: Row) -> str:
        """Return the payer's account; one that a spreadsheet rounded says nothing."""
        try:
            return values.serial(self._cell(row, self._mapping.payer_account))[:40]
        except ValueError:
            return ""

    def _reference(self, row: Row) -> str:
        words = [self._text(row, name) for name in self._mapping.references]
        return " ".join(dict.fromkeys(word for word in words if word))[:200]
