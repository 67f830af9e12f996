"""The one door through which applications are judged: claimed, approved, rejected, revoked.

The queue, the page of an object and whatever comes later call these. Nobody judges what they
entered; nobody judges what somebody else is at; a reviewer who says which round they looked at
(`version`) judges no other.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import NotFoundError
from apps.reviews.choices import RoundStatus
from apps.reviews.errors import ApplicationChangedError
from apps.reviews.kinds import Kind, R, S
from apps.reviews.models import Claim
from apps.reviews.services import claims, rounds


@transaction.atomic
def take(kind: Kind[S, R], subject_id: int, *, by: Actor, at: datetime) -> Claim:
    """Claim what waits for half an hour, or prolong one's claim on it.

    Raises:
        NotFoundError: nothing waits there.
        OwnApplicationError: `by` entered it.
        ClaimedByAnotherError: somebody else is at it.
    """
    subject = kind.lock(subject_id)
    if kind.waiting_round(subject) is None:
        raise NotFoundError(subject=subject_id)
    kind.check_person("approve", subject, by)
    return claims.take(queue=kind.name, subject_id=str(subject_id), by=by, at=at)


@transaction.atomic
def approve(
    kind: Kind[S, R],
    subject_id: int,
    *,
    by: Actor,
    at: datetime,
    version: str | None = None,
    terms: Any = None,
) -> S:
    """Approve what waits: what that does, the kind says.

    Args:
        kind: of the application.
        subject_id: of the application.
        by: the reviewer.
        at: now.
        version: the round that the reviewer looked at; None where that was not asked.
        terms: what the reviewer chose, where the kind lets choose; None for the usual.

    Raises:
        WrongStateError: nothing of it waits to be judged.
        ClaimedByAnotherError: somebody else is at it.
        ApplicationChangedError: it was handed in anew meanwhile.
        OwnApplicationError: `by` entered it.
        DomainError: it cannot be approved any more, as the kind says.
    """
    subject = kind.lock_to_judge(subject_id)
    opened, relaxed = _to_judge(kind, subject, "approve", version=version, by=by, at=at)
    kind.take_effect(subject, opened, terms=terms, at=at)
    subject.judged_by_id, subject.judged_at = by.user_id, at
    with act(f"{kind.name}.approve", by=by, relaxed=relaxed):
        rounds.close(kind, subject, opened, RoundStatus.APPROVED, by=by, at=at)
        subject.save()
    facts = kind.approval_facts(subject)
    kind.tell(kind.told_verb(subject, opened), subject, at=at, **facts)
    return subject


@transaction.atomic
def reject(
    kind: Kind[S, R],
    subject_id: int,
    *,
    reasons: Sequence[str],
    by: Actor,
    at: datetime,
    remark: str = "",
    version: str | None = None,
) -> S:
    """Refuse what waits; the applicant may mend it and hand it in again.

    A refused renewal leaves what holds as it was.

    Args:
        kind: of the application.
        subject_id: of the application.
        reasons: codes of the kind's reasons, at least one.
        by: the reviewer.
        at: now.
        remark: what the partner reads besides; needed where `OTHER` is among the reasons.
        version: the round that the reviewer looked at; None where that was not asked.

    Raises:
        WrongStateError: nothing of it waits to be judged.
        ClaimedByAnotherError: somebody else is at it.
        ApplicationChangedError: it was handed in anew meanwhile.
        OwnApplicationError: `by` entered it.
        ReasonMissingError: no reason, or `OTHER` without a remark.
    """
    subject = kind.lock_to_judge(subject_id)
    opened, relaxed = _to_judge(kind, subject, "reject", version=version, by=by, at=at)
    codes, remark = kind.checked_reasons(reasons, remark), remark.strip()
    if subject.status == "SUBMITTED":
        subject.status, subject.reasons, subject.remark = "REJECTED", codes, remark
    subject.judged_by_id, subject.judged_at = by.user_id, at
    said = " ".join([*codes, remark]).strip()
    with act(f"{kind.name}.reject", by=by, reason=said, relaxed=relaxed):
        rounds.close(
            kind, subject, opened, RoundStatus.REJECTED, by=by, at=at, reasons=codes, remark=remark
        )
        subject.save()
    kind.tell_rejected(subject, opened, at=at)
    return subject


@transaction.atomic
def revoke(kind: Kind[S, R], subject_id: int, *, by: Actor, at: datetime, reason: str) -> S:
    """End what was approved, for good and before its time; who approved it stays in its round.

    Raises:
        WrongStateError: it was not approved, or is over.
        OwnApplicationError: `by` entered it.
        ReasonMissingError: no reason was given.
    """
    subject = kind.lock(subject_id)
    kind.check_step(subject, "REVOKED")
    kind.check_reason(reason)
    move(kind, subject, "REVOKED", verb="revoke", by=by, at=at, reason=reason)
    kind.tell("revoked", subject, at=at, reason=subject.remark)
    kind.after_end(subject, at=at)
    return subject


def move(
    kind: Kind[S, R],
    subject: S,
    status: str,
    *,
    verb: str,
    by: Actor,
    at: datetime,
    reason: str,
) -> None:
    """Write the new state of a locked application that was judged before.

    Raises:
        OwnApplicationError: `by` entered it.
    """
    relaxed = kind.check_person(verb, subject, by)
    subject.status, subject.remark = status, reason.strip()
    subject.judged_by_id, subject.judged_at = by.user_id, at
    with act(f"{kind.name}.{verb}", by=by, reason=reason, relaxed=relaxed):
        if not kind.steps[status]:
            kind.end(subject, at=at)
            rounds.close_any(kind, subject, by=by, at=at)
        subject.save()


def _to_judge(
    kind: Kind[S, R], subject: S, verb: str, *, version: str | None, by: Actor, at: datetime
) -> tuple[R, tuple[str, ...]]:
    """Return the round that `by` may judge now, and the relaxed rows it is done by."""
    opened = kind.open_round(subject)
    claims.require(queue=kind.name, subject_id=str(subject.pk), by=by, at=at)
    if version is not None and version != str(opened.pk):
        raise ApplicationChangedError
    return opened, kind.check_person(verb, subject, by)
