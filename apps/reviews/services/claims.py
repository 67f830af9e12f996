"""Claims: one person at a time looks at what waits in a queue.

A claim lapses by itself, so that nobody's closed browser keeps an application waiting. Judging
asks `require` inside its own transaction and ends with `drop`.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.common.clock import SHANGHAI
from apps.common.errors import ConflictError, NotAllowedError
from apps.reviews import locks
from apps.reviews.models import Claim

CLAIMED_FOR = timedelta(minutes=30)


class ClaimedByAnotherError(ConflictError):
    """Somebody else is at it."""

    code = "claimed_by_another"
    message = _("%(holder)s is at this until %(until_time)s. Take another one, or wait.")
    cure = _("Take the next one of the queue; the claim lapses by itself.")

    def __init__(self, *, holder: str, until: datetime) -> None:
        until_time = until.astimezone(SHANGHAI).strftime("%H:%M")
        super().__init__(holder=holder, until=until, until_time=until_time)


@transaction.atomic
def take(*, queue: str, subject_id: str, by: Actor, at: datetime) -> Claim:
    """Claim something for half an hour, or prolong one's own claim on it.

    Raises:
        NotAllowedError: the actor is no person.
        ClaimedByAnotherError: somebody else's claim has not lapsed.
        ConflictError: it was judged at this very moment.
    """
    if by.user_id is None:
        raise NotAllowedError
    # A row that is there already is left as it is: whose it is, is asked under the lock.
    fresh = Claim(
        queue=queue, subject_id=subject_id, claimed_by_id=by.user_id, claimed_at=at, lapses_at=at
    )
    Claim.objects.bulk_create([fresh], ignore_conflicts=True)
    claim = locks.claim(queue=queue, subject_id=subject_id)
    if claim is None:
        raise ConflictError
    _refuse_another(claim, by, at)
    if not (by.is_same_person(claim.claimed_by_id) and claim.holds_at(at)):
        claim.claimed_at = at
    claim.claimed_by_id = by.user_id
    claim.lapses_at = at + CLAIMED_FOR
    claim.save(update_fields=["claimed_by", "claimed_at", "lapses_at"])
    return claim


@transaction.atomic
def release(*, queue: str, subject_id: str, by: Actor, at: datetime) -> None:
    """Give one's own claim up; a claim that lapsed or was never made is given up already.

    Raises:
        ClaimedByAnotherError: somebody else's claim has not lapsed.
    """
    claim = locks.claim(queue=queue, subject_id=subject_id)
    if claim is None or not claim.holds_at(at):
        return
    _refuse_another(claim, by, at)
    claim.lapses_at = at
    claim.save(update_fields=["lapses_at"])


def require(*, queue: str, subject_id: str, by: Actor, at: datetime) -> None:
    """Make sure, inside the caller's transaction, that nobody else is at it.

    What nobody claimed may be judged: the claim keeps people apart, it gives no right.

    Raises:
        ClaimedByAnotherError: somebody else's claim has not lapsed.
    """
    claim = locks.claim(queue=queue, subject_id=subject_id)
    if claim is not None:
        _refuse_another(claim, by, at)


def drop(*, queue: str, subject_id: str) -> None:
    """Forget the claim on something that was judged, whoever's it is."""
    Claim.objects.filter(queue=queue, subject_id=subject_id).delete()


def _refuse_another(claim: Claim, by: Actor, at: datetime) -> None:
    if claim.holds_at(at) and not by.is_same_person(claim.claimed_by_id):
        raise ClaimedByAnotherError(holder=claim.claimed_by.display_name, until=claim.lapses_at)
