"""Why a file is no statement that can be read."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from apps.common.errors import (
    DomainError,
    InvalidError,
    TooLargeError,
    UnavailableError,
    WrongTypeError,
)

STATEMENT = _("Download the statement from the bank again, as CSV, XLSX, MT940 or CAMT.053.")


class StatementEmptyError(InvalidError):
    """The file has no bytes, or no rows."""

    code = "statement_empty"
    message = _("The statement file is empty. Download it from the bank again.")
    cure = STATEMENT


class StatementTooLargeError(TooLargeError):
    """More bytes, or more rows once unpacked, than a statement has."""

    code = "statement_too_large"
    message = _("The statement is larger than 10 MB or 50 000 rows. Export a shorter period.")
    cure = _("Export a month at a time.")


class StatementOldExcelError(WrongTypeError):
    """An Excel file of before 2007, or one under a password: both have the same envelope."""

    code = "statement_old_excel"
    message = _(
        "This is an Excel file of the old kind (.xls) or one with a password. Open it and save it "
        "as .xlsx without a password, or export CSV."
    )
    cure = _("Save the file as .xlsx without a password, or export CSV.")


class StatementWebPageError(WrongTypeError):
    """Some banks name a web page .xls."""

    code = "statement_web_page"
    message = _("This is a web page, whatever its name says. Export the statement as XLSX or CSV.")
    cure = _("Choose XLSX or CSV where the bank offers the download.")


class StatementBrokenError(InvalidError):
    """It begins like a statement and cannot be read to its end."""

    code = "statement_broken"
    message = _("The statement cannot be read. Download it from the bank again.")
    cure = STATEMENT


class StatementDangerousError(InvalidError):
    """XML that declares a document type: entities could read files or fill the memory."""

    code = "statement_dangerous"
    message = _("The statement holds declarations that no bank writes, and was not opened.")
    cure = STATEMENT


class StatementTooWideError(InvalidError):
    """More columns than any bank's table has; empty ones at the end of a row do not count."""

    code = "statement_too_wide"
    message = _(
        "Row %(row)s has more than 200 columns. Delete what does not belong to the statement, or "
        "export CSV."
    )
    cure = _("Delete what stands right of the table, or export CSV.")


class StatementCellTooLongError(InvalidError):
    """A text longer than a spreadsheet's cell holds."""

    code = "statement_cell_too_long"
    message = _(
        "A cell of row %(row)s is longer than 32 767 characters. Most likely a quotation mark there "
        "does not close: mend the row, or export XLSX."
    )
    cure = _("Close the quotation mark in that row, or export XLSX.")


class StatementTooComplexError(InvalidError):
    """More time, memory, sheets, files or merged cells than any bank's file needs."""

    code = "statement_too_complex"
    message = _(
        "Opening the file takes more time or memory than a bank's statement needs. Export a shorter "
        "period, as CSV."
    )
    cure = _("Export a month at a time, as CSV.")


class StatementNotOpenedError(UnavailableError):
    """The process that opens files is out of reach, or met what we did not foresee."""

    code = "statement_not_opened"
    message = _(
        "The statement could not be opened for a fault of ours. Try again in a few minutes; if it "
        "stays, tell the administrator."
    )
    cure = _("Wait a few minutes and repeat. If it stays, tell us.")


@contextmanager
def parsers_errors() -> Iterator[None]:
    """Take whatever a parser raises for a broken file, except what says that it is too much."""
    try:
        yield
    except (DomainError, MemoryError, RecursionError):
        raise
    except Exception as error:  # Parsers of hostile bytes raise anything.
        raise StatementBrokenError from error


BY_CODE: dict[str, type[DomainError]] = {
    error.code: error
    for error in (
        StatementEmptyError,
        StatementTooLargeError,
        StatementOldExcelError,
        StatementWebPageError,
        StatementBrokenError,
        StatementDangerousError,
        StatementTooWideError,
        StatementCellTooLongError,
        StatementTooComplexError,
    )
}
