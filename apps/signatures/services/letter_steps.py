"""Which step a letter may take, for the services beside."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import RELOAD, ConflictError, InvalidError
from apps.signatures import locks
from apps.signatures.choices import LETTER_EDITABLE, NEXT_LETTER_STATUS, LetterStatus
from apps.signatures.models import AuthorisationLetter

QUEUE = "letters"


class LetterStateError(ConflictError):
    """The letter's state does not allow this step."""

    code = "letter_wrong_state"
    message = _("The letter of %(grantor)s is %(status)s, which does not allow this.")
    cure = RELOAD


class LetterPeriodError(InvalidError):
    """It ends before it begins, or has ended."""

    code = "letter_period_invalid"
    message = _("A letter ends after it begins, and not before tomorrow.")
    cure = _("Compare both days with the letter.")


def check(letter: AuthorisationLetter, status: LetterStatus) -> None:
    """Refuse a step that the table of states does not have."""
    if status not in NEXT_LETTER_STATUS[LetterStatus(letter.status)]:
        raise wrong_state(letter)


def editable(letter_id: int) -> AuthorisationLetter:
    """Lock a letter that its partner still works on; refuse any other."""
    letter = locks.letter(letter_id)
    if letter.status not in LETTER_EDITABLE:
        raise wrong_state(letter)
    return letter


def wrong_state(letter: AuthorisationLetter) -> LetterStateError:
    """Return the error that names the letter and its state."""
    return LetterStateError(grantor=letter.grantor_name, status=letter.get_status_display())
