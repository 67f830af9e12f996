"""Authorisation letters: judged, revoked, ended. Nobody judges what they entered."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from apps.audit import separations
from apps.audit.actors import SYSTEM, Actor
from apps.audit.acts import act
from apps.audit.separations import Hands, SeparationError
from apps.common.clock import local_date
from apps.reviews.services import claims
from apps.signatures import locks, queries
from apps.signatures.choices import RENEWABLE, LetterStatus, SignatureStatus
from apps.signatures.events import LetterApproved, LetterExpired, LetterRejected, LetterRevoked
from apps.signatures.models import AuthorisationLetter
from apps.signatures.services import expiry, letter_steps, news, steps


class OwnLetterError(SeparationError):
    """Nobody judges what they entered."""

    code = "letter_own_entry"


@transaction.atomic
def approve(*, letter_id: int, by: Actor, at: datetime) -> AuthorisationLetter:
    """Let the letter authorise the signatures that it covers, while it holds.

    Raises:
        LetterStateError: it does not wait to be judged.
        ClaimedByAnotherError: somebody else is at it.
        OwnLetterError: `by` entered or submitted it.
        LetterPeriodError: it has ended meanwhile.
    """
    letter, relaxed = _to_judge(letter_id, LetterStatus.APPROVED, by, at, verb="approve")
    if letter.valid_until <= local_date(at):
        raise letter_steps.LetterPeriodError
    _judged(letter, LetterStatus.APPROVED, by, at)
    with act("letters.approve", by=by, relaxed=relaxed):
        letter.save()
    news.tell_letter(LetterApproved, letter, at)
    return letter


@transaction.atomic
def reject(
    *, letter_id: int, reasons: Sequence[str], by: Actor, at: datetime, remark: str = ""
) -> AuthorisationLetter:
    """Refuse a letter; the partner may mend and submit it again.

    Raises:
        LetterStateError: it does not wait to be judged.
        ClaimedByAnotherError: somebody else is at it.
        OwnLetterError: `by` entered or submitted it.
        SignatureReasonMissingError: no reason was given.
    """
    letter, relaxed = _to_judge(letter_id, LetterStatus.REJECTED, by, at, verb="reject")
    letter.reasons, letter.remark = steps.checked_reasons(reasons, remark), remark
    _judged(letter, LetterStatus.REJECTED, by, at)
    said = " ".join([*letter.reasons, remark]).strip()
    with act("letters.reject", by=by, reason=said, relaxed=relaxed):
        letter.save()
    news.tell_letter(
        LetterRejected, letter, at, reasons=tuple(letter.reasons), remark=letter.remark
    )
    return letter


@transaction.atomic
def revoke(*, letter_id: int, by: Actor, at: datetime, reason: str) -> AuthorisationLetter:
    """End an approved letter before its time; every signature that holds by it stops.

    Raises:
        LetterStateError: it is not approved.
        OwnLetterError: `by` entered or submitted it.
        SignatureReasonMissingError: no reason was given.
    """
    steps.check_reason(reason)
    letter = locks.letter(letter_id)
    letter_steps.check(letter, LetterStatus.REVOKED)
    relaxed = _check_person("letters.revoke", letter, by)
    letter.remark = reason
    _judged(letter, LetterStatus.REVOKED, by, at)
    with act("letters.revoke", by=by, reason=reason, relaxed=relaxed):
        letter.save()
    news.tell_letter(LetterRevoked, letter, at, reason=reason)
    _stop_signatures(letter, at)
    return letter


@transaction.atomic
def expire(*, letter_id: int, at: datetime) -> AuthorisationLetter:
    """End an approved letter on its day; its signatures stop by their own dates.

    Raises:
        LetterStateError: it is not approved, or has not ended.
    """
    letter = locks.letter(letter_id)
    letter_steps.check(letter, LetterStatus.EXPIRED)
    if letter.valid_until > local_date(at):
        raise letter_steps.wrong_state(letter)
    letter.status = LetterStatus.EXPIRED
    with act("letters.expire", by=SYSTEM):
        letter.save()
    news.tell_letter(LetterExpired, letter, at)
    return letter


def hands_on(letter: AuthorisationLetter) -> Hands:
    """Return who entered and who submitted a letter."""
    return {
        "letters.draft": [letter.entered_by_id],
        "letters.submit": [letter.submitted_by_id],
    }


def _to_judge(
    letter_id: int, status: LetterStatus, by: Actor, at: datetime, *, verb: str
) -> tuple[AuthorisationLetter, tuple[str, ...]]:
    letter = locks.letter(letter_id)
    letter_steps.check(letter, status)
    claims.require(queue=letter_steps.QUEUE, subject_id=str(letter.pk), by=by, at=at)
    return letter, _check_person(f"letters.{verb}", letter, by)


def _judged(letter: AuthorisationLetter, status: LetterStatus, by: Actor, at: datetime) -> None:
    letter.status, letter.due_at = status, None
    letter.judged_by_id, letter.judged_at = by.user_id, at
    claims.drop(queue=letter_steps.QUEUE, subject_id=str(letter.pk))


def _stop_signatures(letter: AuthorisationLetter, at: datetime) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        reason = gettext("The authorisation letter of %(grantor)s was revoked") % {
            "grantor": letter.grantor_name
        }
    for signature in locks.signatures(queries.list_authorised_by(letter.pk)):
        if signature.status not in RENEWABLE:
            continue
        signature.holds_until = local_date(at)
        if signature.status == SignatureStatus.APPROVED:
            expiry.stop(signature, reason=reason, at=at)
        else:
            signature.save(update_fields=["holds_until"])


def _check_person(act_name: str, letter: AuthorisationLetter, by: Actor) -> tuple[str, ...]:
    errors = {"letter-entered": OwnLetterError}
    return separations.check(act_name, by=by, hands=hands_on(letter), errors=errors)
