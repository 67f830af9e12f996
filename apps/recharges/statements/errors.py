"""Why a file is no statement that can be read."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError


class StatementEmptyError(DomainError):
    """The file has no bytes, or no rows."""

    code = "statement_empty"
    message = _("The statement file is empty.")


class StatementTooLargeError(DomainError):
    """More bytes, or more rows once unpacked, than a statement has."""

    code = "statement_too_large"
    message = _("The statement is larger than 10 MB or 50 000 rows. Export a shorter period.")


class StatementOldExcelError(DomainError):
    """An Excel file of before 2007, or one under a password: both have the same envelope."""

    code = "statement_old_excel"
    message = _(
        "This is an Excel file of the old kind (.xls) or one with a password. Open it and save it "
        "as .xlsx without a password, or export CSV."
    )


class StatementWebPageError(DomainError):
    """Some banks name a web page .xls."""

    code = "statement_web_page"
    message = _("This is a web page, whatever its name says. Export the statement as XLSX or CSV.")


class StatementBrokenError(DomainError):
    """It begins like a statement and cannot be read to its end."""

    code = "statement_broken"
    message = _("The statement cannot be read. Download it from the bank again.")


class StatementDangerousError(DomainError):
    """XML that declares a document type: entities could read files or fill the memory."""

    code = "statement_dangerous"
    message = _("The statement holds declarations that no bank writes, and was not opened.")
