"""Pledges judged: approved for a time, rejected with coded reasons, revoked.

Nobody judges what they filed or handed in.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from apps.audit import separations
from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.audit.separations import Hands, SeparationError
from apps.common.clock import local_date
from apps.common.errors import InvalidError
from apps.partners.models import Customer
from apps.partners.services import customers
from apps.pledges import locks, rules
from apps.pledges.choices import PledgeStatus, RejectionReason, RoundStatus
from apps.pledges.events import PledgeApproved, PledgeRejected, PledgeRevoked
from apps.pledges.models import Pledge
from apps.pledges.services import news, steps
from apps.reviews.services import claims


class PledgePeriodError(InvalidError):
    """It would end before it begins, or has ended already."""

    code = "pledge_period_invalid"
    message = _("A pledge holds for at least one day from now on: choose a later end.")
    cure = _("Choose an end after the start.")


class OwnPledgeError(SeparationError):
    """Nobody judges what they filed."""

    code = "pledge_own_filing"


@transaction.atomic
def approve(
    *,
    pledge_id: int,
    by: Actor,
    at: datetime,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Pledge:
    """Let the customer's accounts send within the pledge's validity.

    By default it holds from today on (Asia/Shanghai) for a year, a renewal until a year after the
    end of the one that runs; `valid_until` is the first day on which it no longer holds.

    Raises:
        PledgeStateError: it is not submitted.
        OwnPledgeError: `by` filed it or handed it in.
        ClaimedByAnotherError: another reviewer is at it.
        CustomerStateError: the customer is closed.
        PledgePeriodError: the end is not after the start, or not after today.
    """
    pledge, relaxed = _taken_to_judge(
        pledge_id, PledgeStatus.APPROVED, verb="approve", by=by, at=at
    )
    customers.check_active(pledge.customer)
    default_from, default_until = default_validity(pledge.customer, local_date(at))
    pledge.valid_from = valid_from or default_from
    pledge.valid_until = valid_until or default_until
    if pledge.valid_until <= max(pledge.valid_from, local_date(at)):
        raise PledgePeriodError
    _decide(pledge, RoundStatus.APPROVED, verb="approve", by=by, at=at, relaxed=relaxed)
    news.tell(
        PledgeApproved,
        pledge,
        at,
        valid_from=pledge.valid_from,
        valid_until=pledge.valid_until,
    )
    return pledge


@transaction.atomic
def reject(
    *,
    pledge_id: int,
    reasons: Sequence[RejectionReason],
    by: Actor,
    at: datetime,
    remark: str = "",
) -> Pledge:
    """Refuse a pledge; the partner may mend and submit it again.

    Raises:
        PledgeStateError: it is not submitted.
        OwnPledgeError: `by` filed it or handed it in.
        ClaimedByAnotherError: another reviewer is at it.
        PledgeReasonMissingError: no reason, or OTHER without a remark.
    """
    if not reasons or (RejectionReason.OTHER in reasons and not remark.strip()):
        raise steps.PledgeReasonMissingError
    pledge, relaxed = _taken_to_judge(pledge_id, PledgeStatus.REJECTED, verb="reject", by=by, at=at)
    pledge.reasons = [RejectionReason(reason).value for reason in dict.fromkeys(reasons)]
    pledge.remark = remark.strip()
    _decide(pledge, RoundStatus.REJECTED, verb="reject", by=by, at=at, relaxed=relaxed)
    news.tell(PledgeRejected, pledge, at, reasons=tuple(pledge.reasons), remark=pledge.remark)
    return pledge


@transaction.atomic
def revoke(*, pledge_id: int, by: Actor, at: datetime, reason: str) -> Pledge:
    """End an approved pledge before its time; who judged it stays in its round.

    Raises:
        PledgeStateError: it is not approved.
        OwnPledgeError: `by` filed it or handed it in.
        PledgeReasonMissingError: no reason was given.
    """
    if not reason.strip():
        raise steps.PledgeReasonMissingError
    pledge = locks.pledge(pledge_id)
    steps.check(pledge, PledgeStatus.REVOKED)
    relaxed = _check_person("pledges.revoke", pledge, by)
    pledge.status, pledge.remark, pledge.ended_at = PledgeStatus.REVOKED, reason.strip(), at
    pledge.judged_by_id, pledge.judged_at = by.user_id, at
    with act("pledges.revoke", by=by, reason=reason, relaxed=relaxed):
        pledge.save()
    news.tell(PledgeRevoked, pledge, at, reason=pledge.remark)
    return pledge


def default_validity(customer: Customer, today: date) -> tuple[date, date]:
    """Return from when until before when a pledge of `customer` approved today would hold."""
    running = Pledge.objects.in_force_on(today).filter(customer=customer)
    running_until: date | None = running.aggregate(end=Max("valid_until"))["end"]
    return rules.default_validity(today, running_until)


def hands_on(pledge: Pledge) -> Hands:
    """Return who filed a pledge and who handed it in."""
    return {"pledges.fill": [pledge.filed_by_id], "pledges.submit": [pledge.submitted_by_id]}


def _taken_to_judge(
    pledge_id: int, status: PledgeStatus, *, verb: str, by: Actor, at: datetime
) -> tuple[Pledge, tuple[str, ...]]:
    """Lock a pledge that `by` may judge now."""
    pledge = locks.pledge(pledge_id)
    steps.check(pledge, status)
    relaxed = _check_person(f"pledges.{verb}", pledge, by)
    claims.require(queue=steps.QUEUE, subject_id=str(pledge.pk), by=by, at=at)
    pledge.status = status
    return pledge, relaxed


def _decide(
    pledge: Pledge,
    decision: RoundStatus,
    *,
    verb: str,
    by: Actor,
    at: datetime,
    relaxed: tuple[str, ...],
) -> None:
    """Write the decision into the pledge and its round, and free the reviewer's claim."""
    judged = locks.waiting_round(pledge)
    judged.status, judged.reasons, judged.remark = decision, pledge.reasons, pledge.remark
    judged.decided_by_id, judged.decided_at = by.user_id, at
    pledge.judged_by_id, pledge.judged_at, pledge.due_at = by.user_id, at, None
    with act(f"pledges.{verb}", by=by, reason=pledge.remark, relaxed=relaxed):
        judged.save()
        pledge.save()
    claims.drop(queue=steps.QUEUE, subject_id=str(pledge.pk))


def _check_person(act_name: str, pledge: Pledge, by: Actor) -> tuple[str, ...]:
    errors = {"pledge-entered": OwnPledgeError}
    return separations.check(act_name, by=by, hands=hands_on(pledge), errors=errors)
