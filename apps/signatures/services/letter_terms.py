"""What a letter must say and show before it is handed in."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from apps.common import uploads
from apps.common.clock import local_date
from apps.common.errors import InvalidError
from apps.signatures.models import AuthorisationLetter


class LetterPeriodError(InvalidError):
    """It ends before it begins, or has ended."""

    code = "letter_period_invalid"
    message = _("A letter ends after it begins, and not before tomorrow.")
    cure = _("Compare both days with the letter.")


class LetterPartiesError(InvalidError):
    """Who authorises whom is not stated."""

    code = "letter_parties_missing"
    message = _("Name both companies, and the company code of the one that authorises.")
    cure = _("Fill in both companies and the code from the licence.")


class LetterScopeError(InvalidError):
    """It names no signature, or one that cannot be one."""

    code = "letter_scope_invalid"
    message = _("Name the signatures as they stand in the letter, or say that it covers all.")
    cure = _("Type the bare names, without brackets, as the letter has them.")


class LetterScanMissingError(InvalidError):
    """It cannot be judged without the scan."""

    code = "letter_scan_missing"
    message = _("Add the scan of the sealed letter first.")
    cure = uploads.SCAN


def check_complete(letter: AuthorisationLetter, *, at: datetime) -> None:
    """Refuse a letter that cannot be judged as it stands.

    Raises:
        LetterScanMissingError: the scan is missing.
        LetterScopeError: it covers nothing.
        LetterPeriodError: it has ended.
    """
    if not letter.file:
        raise LetterScanMissingError
    if not letter.covers_all and not letter.texts:
        raise LetterScopeError
    if letter.valid_until <= local_date(at):
        raise LetterPeriodError
