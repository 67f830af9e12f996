"""Rounds of work orders, for the services beside: opened and closed under the application's lock."""

from collections.abc import Sequence
from datetime import datetime

from apps.audit.actors import Actor
from apps.reviews import timing
from apps.reviews.choices import RoundStatus
from apps.reviews.kinds import Kind, R, S
from apps.reviews.services import claims


def open_round(kind: Kind[S, R], subject: S, *, by: Actor, at: datetime) -> R:
    """Keep what is handed in as it is now."""
    is_renewal = kind.is_renewal(subject)
    order_number, number = _numbered(kind, subject, is_renewal=is_renewal, at=at)
    opened: R = kind.round_model.objects.create(
        **{kind.subject: subject},
        **kind.contents(subject),
        order_number=order_number,
        number=number,
        is_renewal=is_renewal,
        submitted_by_id=by.user_id,
        submitted_at=at,
        due_at=timing.due_after(at),
    )
    kind.keep_papers(subject, opened)
    return opened


def close(
    kind: Kind[S, R],
    subject: S,
    opened: R,
    status: RoundStatus,
    *,
    by: Actor,
    at: datetime,
    reasons: Sequence[str] = (),
    remark: str = "",
) -> None:
    """Write a round's end, and forget that it waits; the caller saves the application."""
    opened.status, opened.judged_at, opened.judged_by_id = status, at, by.user_id
    opened.reasons, opened.remark = list(reasons), remark
    opened.save()
    subject.due_at = None
    claims.drop(queue=kind.name, subject_id=str(subject.pk))


def close_any(kind: Kind[S, R], subject: S, *, by: Actor, at: datetime) -> None:
    """Withdraw the open round of an application that ends, where there is one."""
    opened = kind.waiting_round(subject)
    if opened is not None:
        close(kind, subject, opened, RoundStatus.WITHDRAWN, by=by, at=at)


def _numbered(kind: Kind[S, R], subject: S, *, is_renewal: bool, at: datetime) -> tuple[str, int]:
    """Go on with the work order until it is approved; then begin another."""
    last = kind.rounds_of(subject).order_by("-pk").first()
    if last and last.status != RoundStatus.APPROVED and last.is_renewal == is_renewal:
        return last.order_number, last.number + 1
    return kind.new_order_number(subject, at=at), 1
