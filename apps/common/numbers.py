"""Numbers and days from outside, bounded by their text before anything is reckoned with them.

`int()` of a long text takes time that grows with its square and refuses 4 301 digits with an error
of its own; `Decimal("1e250000")` is made in no time and takes minutes as a whole number. So a text
is looked at first: its length, its digits, its exponent. Digits are ASCII here; who reads what
people type folds full-width ones before.
"""

import re
from datetime import date
from decimal import Decimal

MAX_ROW_NUMBER = 2**63 - 1  # what PostgreSQL's bigint holds
MAX_DIGITS = 18  # on either side of the point; the largest amount of ours has ten
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2199, 12, 31)
_WHOLE = re.compile(r"[0-9]{1,19}")
_DECIMAL = re.compile(
    rf"[+-]?([0-9]{{1,{MAX_DIGITS}}}(\.[0-9]{{0,{MAX_DIGITS}}})?|\.[0-9]{{1,{MAX_DIGITS}}})"
    r"([eE][+-]?[0-9]{1,2})?"  # as spreadsheets write large numbers
)


def row_number(text: object) -> int | None:
    """Return the number of a row that an address or a form names; None where it names none."""
    if not isinstance(text, str) or not _WHOLE.fullmatch(text):
        return None
    number = int(text)
    return number if number <= MAX_ROW_NUMBER else None


def whole_number(text: str, *, least: int, most: int) -> int:
    """Read a whole number between two bounds, written in ASCII digits alone.

    Raises:
        ValueError: it is not one.
    """
    number = row_number(text)
    if number is None or not least <= number <= most:
        raise ValueError("no number within the bounds")
    return number


def decimal_number(text: str) -> Decimal:
    """Read a decimal number of at most 18 digits on either side, with which anything is quick.

    Raises:
        ValueError: it is not one, or has more digits than that.
    """
    if not _DECIMAL.fullmatch(text):
        raise ValueError("no decimal number of usual length")
    number = Decimal(text)
    exponent = number.as_tuple().exponent
    if number.adjusted() >= MAX_DIGITS or not isinstance(exponent, int) or exponent < -MAX_DIGITS:
        raise ValueError("no decimal number of usual size")
    return number


def is_usual_day(day: date) -> bool:
    """Tell whether a day is one of 1950 to 2199: days around it can be reckoned in any zone."""
    return FIRST_DAY <= day <= LAST_DAY
