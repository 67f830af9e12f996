"""Amounts, days and numbers as banks write them: pure functions on one cell.

Each returns the value, None for an empty cell, or raises `ValueError` for what cannot be read in
exactly one way. Cells of text come as `str`, those of a workbook also as numbers and dates.
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import TypeAlias

from apps.common.money import CENT
from apps.common.texts import cleaned_line

Cell: TypeAlias = "str | int | float | Decimal | bool | datetime | date | time | None"

EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's day 0, with its leap year of 1900
EXCEL_DIGITS = 15  # a spreadsheet keeps no more of a number; the rest becomes zeros
FIRST_YEAR, LAST_YEAR = 2000, 2099
_CELLS_REMEMBERED = 512  # a cell is looked at six times while its row is read
_BLANKS = frozenset({"", "-", "--", "---", "—", "——", "/", "\\", "null", "none", "n/a", "无"})
_EXCEL_TEXT = re.compile(r'^="(.*)"$', re.DOTALL)
_SCIENTIFIC = re.compile(r"^[+-]?\d+(\.\d+)?e\+?\d+$", re.IGNORECASE)
_MONEY_MARKS = re.compile(r"(?i)人民币|rmb|cny|cn¥|[¥$元圆]")
_AMOUNT = re.compile(r"^(\d{1,3}([, ]\d{3})+|\d+)?(\.\d*)?$")
_SERIAL_DAY = re.compile(r"^\d{5}(\.\d+)?$")  # 46082 is 2026-03-01
_DAY = re.compile(
    r"^(?P<year>\d{4})(?:(?P<mark>[-/.])(?P<m1>\d{1,2})(?P=mark)(?P<d1>\d{1,2})"
    r"|年\s*(?P<m2>\d{1,2})\s*月\s*(?P<d2>\d{1,2})\s*日?|(?P<m3>\d{2})(?P<d3>\d{2}))"
    r"(?P<rest>.*)$",
    re.DOTALL,
)
_DAY_LAST = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(.*)$", re.DOTALL)
_TIME = re.compile(
    r"^(?:(\d{1,2})[::时](\d{1,2})(?:[::分](\d{1,2})秒?)?(?:\.\d+)?|(\d{2})(\d{2})(\d{2})(?:\d{3})?)"
    r"\s*(?P<half>[ap]m|[上下]午)?(?:Z|\+08:?00)?$",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^(贷.?|cr?(edit|dt)?|crdt|收.?|收入.?|存.?|转入|转存|来账|入账?|进账?|\+|in)$"
)
_DEBIT = re.compile(r"^(借.?|dr?(ebit|bt)?|dbit|支.?|支出.?|付.?|取.?|转出|转取|往账|出账?|-|out)$")


def text(cell: Cell) -> str:
    """Return a cell as a person reads it: no marks of a spreadsheet, no blanks at the ends."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return _text(str(cell))


@lru_cache(maxsize=_CELLS_REMEMBERED)
def _text(cell: str) -> str:
    shown = cleaned_line(cell).strip()
    marked = _EXCEL_TEXT.match(shown)
    shown = (marked[1] if marked else shown).strip().strip('"').lstrip("'`’‘")
    return " ".join(shown.split())


def plain(cell: Cell) -> str:
    """Return a cell with full-width letters, digits and marks made narrow, in lower case."""
    return _plain(text(cell))


@lru_cache(maxsize=_CELLS_REMEMBERED)
def _plain(shown: str) -> str:
    return unicodedata.normalize("NFKC", shown).strip().lower()


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell says nothing, or says that there is nothing."""
    return plain(cell) in _BLANKS


def amount(cell: Cell) -> Decimal | None:
    """Return yuan to the cent; negative where the bank wrote a minus or brackets.

    `１，２３４．５０`, `￥1,234.50`, `(1234.50)` and `1234.5-` are read; `1.2E+5`, `1,23` and three
    decimals are not.
    """
    if isinstance(cell, bool | datetime | date | time):
        raise ValueError(cell)  # noqa: TRY004 - one exception for whatever is no amount
    if isinstance(cell, int | Decimal):
        return _cents(Decimal(cell))
    if isinstance(cell, float):
        return _from_float(cell)
    if is_blank(cell):
        return None
    body = _MONEY_MARKS.sub("", plain(cell)).replace("−", "-").strip()
    is_negative, body = _sign(body)
    if not _AMOUNT.match(body) or not any(map(str.isdigit, body)):
        raise ValueError(cell)
    value = _cents(Decimal(re.sub("[, ]", "", body)))
    return -value if is_negative else value


def _sign(body: str) -> tuple[bool, str]:
    bracketed = re.match(r"^\((.*)\)$", body)
    if bracketed:
        return True, bracketed[1].strip()
    if body.endswith("-"):
        return True, body[:-1].strip()
    return body.startswith("-"), body.lstrip("+-").strip() if body[1:2] not in "+-" else body


def _from_float(number: float) -> Decimal:
    """Take a binary number for the cents that were meant: 0.1 + 0.2 is 0.30."""
    exact = Decimal(number)
    try:
        rounded = exact.quantize(CENT, rounding=ROUND_HALF_UP)
    except InvalidOperation as error:  # infinite, or of more digits than are counted
        raise ValueError(number) from error
    if abs(exact - rounded) > Decimal("1e-6"):
        raise ValueError(number)
    return rounded


def _cents(value: Decimal) -> Decimal:
    try:
        rounded = value.quantize(CENT)
    except InvalidOperation as error:
        raise ValueError(value) from error
    if rounded != value:
        raise ValueError(value)
    return rounded


def day_and_time(cell: Cell, *, style: str = "YMD") -> tuple[date, time | None] | None:
    """Return the day, and the time where the cell has one.

    Args:
        cell: `2026-03-01`, `20260301`, `2026/3/1`, `2026.3.1`, `2026年3月1日`, each with or without a
            time, or a spreadsheet's date or serial number.
        style: what a date with the year last means: `DMY` or `MDY`; `YMD` refuses it.
    """
    if isinstance(cell, datetime):
        return sane(cell.date()), _no_midnight(cell.time())
    if isinstance(cell, date):
        return sane(cell), None
    if is_blank(cell):
        return None
    shown = plain(cell)
    if _SERIAL_DAY.match(shown):
        return _from_serial(float(shown))
    found = _DAY.match(shown)
    return _year_first(found) if found else _year_last(shown, style)


def _year_first(found: "re.Match[str]") -> tuple[date, time | None]:
    month = found["m1"] or found["m2"] or found["m3"]
    number = found["d1"] or found["d2"] or found["d3"]
    return sane(date(int(found["year"]), int(month), int(number))), _rest(found["rest"])


def _year_last(shown: str, style: str) -> tuple[date, time | None]:
    found = _DAY_LAST.match(shown)
    if not found or style == "YMD":
        raise ValueError(shown)
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    number, month = (first, second) if style == "DMY" else (second, first)
    return sane(date(year, month, number)), _rest(found[4])


def _rest(shown: str) -> time | None:
    return clock_time(shown.lstrip("t ,")) if shown.strip() else None


def _from_serial(number: float) -> tuple[date, time | None]:
    moment = EXCEL_EPOCH + timedelta(seconds=round(number * 86_400))
    return sane(moment.date()), _no_midnight(moment.time())


def sane(day: date) -> date:
    """Return a day of this century, or raise `ValueError`."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(day)
    return day


def _no_midnight(moment: time) -> time | None:
    """A spreadsheet writes a day without a time as midnight."""
    return moment.replace(microsecond=0) if moment != time(0) else None


def clock_time(cell: Cell) -> time | None:
    """Return a time of day: `10:20:30`, `102030`, `10时20分30秒`, `2:05 下午`."""
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    if isinstance(cell, float) and 0 <= cell < 1:
        return (EXCEL_EPOCH + timedelta(seconds=round(cell * 86_400))).time()
    if is_blank(cell):
        return None
    shown = plain(cell)
    half = re.match(r"^([上下]午)\s*(.*)$", shown)
    found = _TIME.match(
        f"{half[2]} {half[1]}" if half else shown.zfill(6) if shown.isdigit() else shown
    )
    if not found:
        raise ValueError(cell)
    hour, minute, second = (
        int(part or 0) for part in (found.groups()[:3] if found[1] else found.groups()[3:6])
    )
    if found["half"] in {"pm", "下午"} and hour < 12:
        hour += 12
    return time(hour, minute, second)


def serial(cell: Cell) -> str:
    """Return a bank's serial number as text, digit by digit.

    Raises:
        ValueError: a spreadsheet has rounded it, so that the true number is lost.
    """
    if (
        isinstance(cell, int | float)
        and not isinstance(cell, bool)
        and abs(cell) >= 10**EXCEL_DIGITS
    ):
        raise ValueError(cell)
    shown = unicodedata.normalize("NFKC", text(cell))
    if is_blank(cell):
        return ""
    if _SCIENTIFIC.match(shown):
        raise ValueError(shown)
    return shown.replace(" ", "")


def is_credit(cell: Cell) -> bool:
    """Tell whether a flag says that money came in: 贷, C, 收入, 转入, +."""
    shown = plain(cell).strip("()[]方")
    if _CREDIT.match(shown):
        return True
    if _DEBIT.match(shown):
        return False
    raise ValueError(cell)
