"""What ends by date: announced 30, 7 and 1 days ahead, each once; then it expires.

Called by the hourly task for each. What a day missed is made up for once: the closest announcement
is made, and what has ended expires.
"""

from datetime import date, datetime

from django.db import transaction

from apps.audit.actors import SYSTEM
from apps.audit.acts import act
from apps.common.clock import local_date
from apps.reviews.kinds import End, Kind, R, S
from apps.reviews.models import EndWarning
from apps.reviews.rules import due_warning


@transaction.atomic
def expire(kind: Kind[S, R], subject_id: int, *, at: datetime) -> S:
    """Let an approved application that has ended say so.

    Raises:
        WrongStateError: it is not approved.
        ConflictError: it still holds.
    """
    subject = kind.lock(subject_id)
    kind.check_step(subject, "EXPIRED")
    today = local_date(at)
    ends_on = kind.end_of(subject)
    if ends_on is None or ends_on > today:
        raise kind.errors.not_ended(**kind.words(subject))
    stop(kind, subject, reason=kind.why_ended(subject, today), at=at)
    return subject


def stop(kind: Kind[S, R], subject: S, *, reason: str, at: datetime) -> None:
    """Write that a locked, approved application holds no longer, and tell the partner."""
    if reason:
        subject.remark = reason[:200]
    subject.status = "EXPIRED"
    kind.end(subject, at=at)
    with act(f"{kind.name}.expire", by=SYSTEM, reason=reason[:200]):
        subject.save()
    kind.tell("expired", subject, at=at)


@transaction.atomic
def warn(kind: Kind[S, R], subject_id: int, *, at: datetime) -> list[EndWarning]:
    """Announce the ends that are due to be announced and were not; often none.

    Raises:
        WrongStateError: it does not hold.
    """
    subject = kind.lock(subject_id)
    if subject.status not in kind.warned_in:
        raise kind.wrong_state(subject)
    today = local_date(at)
    found = [_announced(kind, subject, end, today, at) for end in kind.ends_of(subject)]
    return [warning for warning in found if warning is not None]


def _announced(
    kind: Kind[S, R], subject: S, end: End, today: date, at: datetime
) -> EndWarning | None:
    key = {
        "queue": kind.name,
        "subject_id": str(subject.pk),
        "what": end.what,
        "ends_on": end.ends_on,
    }
    days_left = (end.ends_on - today).days
    already = set(EndWarning.objects.filter(**key).values_list("threshold_days", flat=True))
    threshold = due_warning(days_left, already)
    if threshold is None:
        return None
    kind.tell_ending(subject, end, days_left=days_left, at=at)
    return EndWarning.objects.create(**key, threshold_days=threshold, warned_at=at)
