"""The applicant's side of whatever is judged: handed in, withdrawn, urged.

Each submission is a round. It is due to be judged two working hours later; until it is, the
applicant may withdraw it, and after a working hour urge it.
"""

from datetime import datetime

from django.db import transaction

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.reviews import timing
from apps.reviews.choices import RoundStatus
from apps.reviews.kinds import Kind, R, S
from apps.reviews.services import rounds


@transaction.atomic
def hand_in(kind: Kind[S, R], subject_id: int, *, by: Actor, at: datetime) -> S:
    """Hand an application in: the first time, after a refusal, or to renew what holds.

    What holds goes on holding while its renewal waits.

    Raises:
        WrongStateError: it is over, or stands as it was handed in.
        DomainError: it is not complete, as the kind says.
    """
    subject = kind.lock(subject_id)
    if not kind.may_be_handed_in(subject):
        raise kind.wrong_state(subject)
    kind.check_complete(subject, at=at)
    if kind.can_become(subject, "SUBMITTED"):
        subject.status, subject.judged_by, subject.judged_at = "SUBMITTED", None, None
        subject.reasons, subject.remark = [], ""
    with act(f"{kind.name}.submit", by=by):
        opened = rounds.open_round(kind, subject, by=by, at=at)
        subject.submitted_by_id, subject.submitted_at = by.user_id, at
        subject.due_at = opened.due_at
        subject.save()
    kind.tell("submitted", subject, at=at, **kind.round_facts(opened))
    return subject


@transaction.atomic
def withdraw(kind: Kind[S, R], subject_id: int, *, by: Actor, at: datetime) -> S:
    """Take an application back before it is judged, to go on working on it.

    Raises:
        WrongStateError: nothing of it waits to be judged.
    """
    subject = kind.lock(subject_id)
    opened = kind.open_round(subject)
    if subject.status == "SUBMITTED":
        subject.status = "DRAFT"
    with act(f"{kind.name}.withdraw", by=by):
        rounds.close(kind, subject, opened, RoundStatus.WITHDRAWN, by=by, at=at)
        subject.save()
    return subject


@transaction.atomic
def urge(kind: Kind[S, R], subject_id: int, *, by: Actor, at: datetime) -> S:
    """Ask for a decision: a working hour after it was handed in, and once an hour from then on.

    Raises:
        WrongStateError: nothing of it waits to be judged.
        UrgedLatelyError: the hour has not passed.
    """
    subject = kind.lock(subject_id)
    opened = kind.open_round(subject)
    earliest = timing.earliest_urge(opened)
    if at < earliest:
        raise kind.errors.urged(earliest=earliest)
    opened.urge_count, opened.urged_at = opened.urge_count + 1, at
    with act(f"{kind.name}.urge", by=by):
        opened.save(update_fields=["urge_count", "urged_at"])
    kind.tell("urged", subject, at=at, urge_count=opened.urge_count)
    return subject
