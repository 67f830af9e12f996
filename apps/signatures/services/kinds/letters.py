"""Authorisation letters as a kind of `reviews`: what judging one asks, keeps and does."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.common.clock import local_date
from apps.reviews.errors import Errors, OwnApplicationError, WrongStateError, coded
from apps.reviews.kinds import Kind, register
from apps.reviews.services import ends
from apps.signatures import locks, queries
from apps.signatures.choices import (
    NEXT_LETTER_STATUS,
    RENEWABLE,
    LetterStatus,
    SignatureStatus,
)
from apps.signatures.events import LetterEvent
from apps.signatures.models import AuthorisationLetter, LetterRound
from apps.signatures.reasons import LETTER_REASONS
from apps.signatures.services import letter_terms, news
from apps.signatures.services.kinds.signatures import SIGNATURES, SignatureReasonMissingError


class LetterStateError(WrongStateError):
    """The letter's state does not allow this step."""

    code = "letter_wrong_state"
    message = _("The letter of %(grantor)s is %(status)s, which does not allow this.")


OwnLetterError = coded(OwnApplicationError, "OwnLetterError", "letter_own_entry")


# The events of letters by what happened.
EVENTS = {each.name.partition(".")[2]: each for each in LetterEvent.__subclasses__()}


class Letters(Kind[AuthorisationLetter, LetterRound]):
    """Letters by which a company lets a partner use its name; each serves many signatures."""

    name = "letters"
    prefix = "SQ"
    model = AuthorisationLetter
    round_model = LetterRound
    subject = "letter"
    steps = NEXT_LETTER_STATUS
    reasons = LETTER_REASONS
    errors = Errors(state=LetterStateError, own=OwnLetterError, reason=SignatureReasonMissingError)
    warned_in = frozenset()  # Its end is announced with the signatures that hang on it.

    def lock(self, subject_id: int) -> AuthorisationLetter:
        """Lock the letter."""
        return locks.letter(subject_id)

    def words(self, subject: AuthorisationLetter) -> dict[str, Any]:
        """Name the company that authorises."""
        return {"title": self.title(subject), "grantor": subject.grantor_name}

    def check_complete(self, subject: AuthorisationLetter, *, at: datetime) -> None:
        """Refuse a letter without scan or scope, or one that has ended."""
        letter_terms.check_complete(subject, at=at)

    def contents(self, subject: AuthorisationLetter) -> dict[str, Any]:
        """Keep what the letter is said to say, and its scan."""
        return {
            "particulars": subject.terms(),
            "file": subject.file.name,
            "sha256": subject.sha256,
        }

    def new_order_number(self, subject: AuthorisationLetter, *, at: datetime) -> str:
        """Give the letter its number: signatures name it by that, also in the API."""
        subject.order_number = subject.order_number or super().new_order_number(subject, at=at)
        return subject.order_number

    def take_effect(
        self,
        subject: AuthorisationLetter,
        opened: LetterRound,  # noqa: ARG002
        *,
        terms: Any,  # noqa: ARG002
        at: datetime,
    ) -> None:
        """Let it authorise the signatures that it covers, while it holds."""
        if subject.valid_until <= local_date(at):
            raise letter_terms.LetterPeriodError
        subject.status = LetterStatus.APPROVED

    def tell(self, verb: str, subject: AuthorisationLetter, *, at: datetime, **facts: Any) -> None:
        """Publish `letter.<verb>`."""
        news.tell_letter(EVENTS[verb], subject, at, **facts)

    def after_end(self, subject: AuthorisationLetter, *, at: datetime) -> None:
        """Stop every signature that holds by a letter that was revoked."""
        with translation.override(settings.LANGUAGE_CODE):
            reason = gettext("The authorisation letter of %(grantor)s was revoked") % {
                "grantor": subject.grantor_name
            }
        for signature in locks.signatures(queries.list_authorised_by(subject.pk)):
            if signature.status not in RENEWABLE:
                continue
            signature.holds_until = local_date(at)
            if signature.status == SignatureStatus.APPROVED:
                ends.stop(SIGNATURES, signature, reason=reason, at=at)
            else:
                signature.save(update_fields=["holds_until"])


LETTERS = register(Letters())
