"""One line of a bank statement, and what can be wrong with it."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.common.money import MAX_AMOUNT_YUAN
from apps.recharges.statements.columns import Mapping
from apps.recharges.statements.limits import MAX_SHOWN_CHARACTERS


class Format(TextChoices):
    """How a statement file is built."""

    DELIMITED = "DELIMITED", _("Text with separators (CSV)")
    WORKBOOK = "WORKBOOK", _("Excel workbook (XLSX)")
    MT940 = "MT940", "MT940"
    CAMT053 = "CAMT053", "CAMT.053"


class Fault(StrEnum):
    """Why a line cannot be taken in as it stands."""

    DATE_MISSING = "DATE_MISSING"
    DATE_UNREADABLE = "DATE_UNREADABLE"
    AMOUNT_MISSING = "AMOUNT_MISSING"
    AMOUNT_UNREADABLE = "AMOUNT_UNREADABLE"
    AMOUNT_TOO_LARGE = "AMOUNT_TOO_LARGE"
    AMOUNT_TWICE = "AMOUNT_TWICE"
    DIRECTION_UNREADABLE = "DIRECTION_UNREADABLE"
    CELLS_SHIFTED = "CELLS_SHIFTED"
    SERIAL_DAMAGED = "SERIAL_DAMAGED"
    SERIAL_TOO_LONG = "SERIAL_TOO_LONG"
    SERIAL_OF_ANOTHER = "SERIAL_OF_ANOTHER"


FAULTS: dict[Fault, Promise] = {
    Fault.DATE_MISSING: _("There is an amount and no date."),
    Fault.DATE_UNREADABLE: _("The date “%(cell)s” cannot be read."),
    Fault.AMOUNT_MISSING: _("There is a date and no amount."),
    Fault.AMOUNT_UNREADABLE: _("The amount “%(cell)s” cannot be read with certainty."),
    Fault.AMOUNT_TOO_LARGE: _("%(cell)s yuan is more than an entry can hold: 99 999 999.99."),
    Fault.AMOUNT_TWICE: _("Debit and credit both have an amount."),
    Fault.DIRECTION_UNREADABLE: _("“%(cell)s” says neither debit nor credit."),
    Fault.CELLS_SHIFTED: _("The line has more cells than there are headings."),
    Fault.SERIAL_DAMAGED: _("The serial number “%(cell)s” has lost digits in a spreadsheet."),
    Fault.SERIAL_TOO_LONG: _("The serial number is longer than 64 characters."),
    Fault.SERIAL_OF_ANOTHER: _("Serial number %(cell)s stands on another line with other content."),
}
CURES: dict[Fault, Promise] = {
    Fault.DATE_MISSING: _("Choose the column of the date again, or mend the line in the file."),
    Fault.DATE_UNREADABLE: _("Choose how dates are written, or export with year-month-day."),
    Fault.AMOUNT_MISSING: _("Choose the columns of the amounts again."),
    Fault.AMOUNT_UNREADABLE: _("Write it in the file in yuan with two decimals, as 1234.56."),
    Fault.AMOUNT_TOO_LARGE: _("Choose the columns of the amounts again, or mend the file."),
    Fault.AMOUNT_TWICE: _("Choose the columns of debit and credit again."),
    Fault.DIRECTION_UNREADABLE: _("Choose the column that says debit or credit again."),
    Fault.CELLS_SHIFTED: _(
        "A separator stands inside a cell without quotation marks. Export the statement as XLSX."
    ),
    Fault.SERIAL_DAMAGED: _(
        "Download the file from the bank again and upload it without opening it in a spreadsheet."
    ),
    Fault.SERIAL_TOO_LONG: _("Choose the column of the serial number again."),
    Fault.SERIAL_OF_ANOTHER: _("Choose another column as the serial number, or none."),
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """A fault of a line, with the cell that shows it."""

    fault: Fault
    cell: str = ""

    def __str__(self) -> str:
        return str(FAULTS[self.fault]) % {"cell": self.cell}

    @property
    def cure(self) -> str:
        """What to do about it."""
        return str(CURES[self.fault])


def wrong_cell(fault: Fault, cell: str) -> Wrong:
    """Return a fault with as much of its cell as is shown."""
    is_long = len(cell) > MAX_SHOWN_CHARACTERS
    return Wrong(fault, f"{cell[: MAX_SHOWN_CHARACTERS - 1]}…" if is_long else cell)


def held(amount: Decimal | None, *, is_credit: bool, wrong: list[Wrong]) -> Decimal | None:
    """Return the amount where an entry can hold it; a larger credit is added to `wrong`."""
    if amount is None or not is_credit or amount <= MAX_AMOUNT_YUAN:
        return amount
    wrong.append(wrong_cell(Fault.AMOUNT_TOO_LARGE, str(amount)))
    return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line as the bank meant it.

    Attributes:
        number: the row in the file as a person counts, from 1.
        amount_yuan: always above zero; `is_credit` says which way it went. None when unreadable.
        day: the day of the entry in China; `moment` is the time of that day where the bank says.
        serial: the bank's own number of the line; empty when it gives none.
        wrong: what keeps it from being taken in.
    """

    number: int
    is_credit: bool
    amount_yuan: Decimal | None = None
    day: date | None = None
    moment: time | None = None
    payer: str = ""
    payer_account: str = ""
    serial: str = ""
    reference: str = ""
    wrong: tuple[Wrong, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """What a file says.

    Attributes:
        lines: every line with money, debits too.
        own_account: the gateway's account as the file names it; empty when it does not.
        headings: the columns' headings, of tables only.
        mapping: which of them was read as what, of tables only.
        skipped_count: rows without money: preamble, headings, totals, remarks.
    """

    format: Format
    lines: list[Line]
    own_account: str = ""
    headings: tuple[str, ...] = ()
    mapping: Mapping | None = None
    skipped_count: int = 0
