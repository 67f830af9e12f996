"""Recharges taken back: asked for by one person of finance, approved or declined by another.

What happens to the segments: those available are frozen when it is asked for, and leave the account
when it is approved. What was spent is gone; the account owes it (`owed`). Credit that was moved on
to other accounts stays there: its owners bought it.

What happens to the money: booked to the wrong account, it waits for the right one, with a new clock;
recalled by the bank, it is gone, and the slips say so.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.audit import separations
from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.audit.separations import SeparationError
from apps.common import outbox
from apps.common.errors import REASON, RELOAD, ConflictError, InvalidError
from apps.ledger.services import reversals as ledger_reversals
from apps.recharges import locks
from apps.recharges.choices import (
    NEXT_BANK_ENTRY_STATUS,
    NEXT_RECHARGE_STATUS,
    NEXT_REVERSAL_STATUS,
    BankEntryStatus,
    RechargeStatus,
    ReversalCause,
    ReversalStatus,
)
from apps.recharges.events import RechargeReversed, ReversalEvent, ReversalRequested
from apps.recharges.models import Recharge, Reversal
from apps.recharges.queries import same_day
from apps.recharges.services import expected, late_credits, remittances
from apps.recharges.services.bank_entries import BankEntryStateError

_MONEY: dict[ReversalCause, BankEntryStatus] = {
    ReversalCause.BOOKED_WRONGLY: BankEntryStatus.UNMATCHED,
    ReversalCause.BANK_RECALL: BankEntryStatus.RETURNED,
}


class ReversalStateError(ConflictError):
    """It was decided before."""

    code = "reversal_wrong_state"
    message = _("The reversal for %(account)s is %(status)s, which does not allow this.")
    cure = RELOAD


class ReversalExistsError(ConflictError):
    """Somebody asked for it before."""

    code = "reversal_exists"
    message = _("It has been asked before to take this recharge of %(account)s back.")
    cure = _("Approve or decline the request that waits.")


class NotCreditedError(ConflictError):
    """Only what was credited can be taken back."""

    code = "reversal_not_credited"
    message = _("The recharge of %(account)s is %(status)s: there is nothing to take back.")
    cure = _("Withdraw a recharge that waits; one that was taken back stays so.")


class ReversalReasonMissingError(InvalidError):
    """Nobody takes credit back, or declines to, without saying why."""

    code = "reversal_reason_missing"
    message = _("Say why.")
    cure = REASON


class OwnReversalError(SeparationError):
    """Nobody decides about what they themselves asked for."""

    code = "reversal_own"


@transaction.atomic
def request(
    *, recharge_id: int, cause: ReversalCause, reason: str, by: Actor, at: datetime
) -> Reversal:
    """Ask to take a recharge back; what is available of its segments is frozen at once.

    The partner reads the reason when it is approved.

    Raises:
        ReversalReasonMissingError: no reason was given.
        NotCreditedError: it is not confirmed, or reversed already.
        ReversalExistsError: it was asked for before.
    """
    if not reason.strip():
        raise ReversalReasonMissingError
    recharge = locks.recharge(recharge_id)
    if RechargeStatus.REVERSED not in NEXT_RECHARGE_STATUS[RechargeStatus(recharge.status)]:
        raise NotCreditedError(account=recharge.account.code, status=recharge.get_status_display())
    if recharge.reversals.filter(status=ReversalStatus.PENDING).exists():
        raise ReversalExistsError(account=recharge.account.code)
    with act("reversals.request", by=by, reason=reason):
        reversal = Reversal.objects.create(
            recharge=recharge,
            cause=cause,
            reason=reason,
            segments=recharge.segments,
            requested_by_id=by.user_id,
            requested_at=at,
        )
        reversal.held_segments = ledger_reversals.freeze(
            account_id=recharge.account_id,
            most=recharge.segments,
            reversal_id=reversal.pk,
            by=by,
            at=at,
        )
        reversal.save(update_fields=["held_segments"])
    _tell(ReversalRequested, reversal, subject_id=reversal.pk, at=at)
    return reversal


@transaction.atomic
def approve(*, reversal_id: int, by: Actor, at: datetime) -> Reversal:
    """Take the recharge back: segments out of the account, money to where the cause says.

    Raises:
        ReversalStateError: it was decided before.
        OwnReversalError: `by` asked for it.
    """
    reversal = locks.reversal(reversal_id)
    _check_step(reversal, ReversalStatus.APPROVED)
    relaxed = check_person("reversals.approve", reversal, by)
    recharge = reversal.recharge
    reversal.status, reversal.decided_at = ReversalStatus.APPROVED, at
    reversal.decided_by_id = by.user_id
    recharge.status = RechargeStatus.REVERSED
    with act("reversals.approve", by=by, reason=reversal.reason, relaxed=relaxed):
        recharge.save(update_fields=["status"])
        _move_money(reversal, at=at)
        reversal.taken_segments = ledger_reversals.take_back(
            account_id=recharge.account_id,
            frozen=reversal.held_segments,
            most=reversal.segments,
            reversal_id=reversal.pk,
            by=by,
            at=at,
        )
        reversal.owed_segments = reversal.segments - reversal.taken_segments
        reversal.save()
    _tell(RechargeReversed, reversal, subject_id=recharge.pk, at=at)
    return reversal


@transaction.atomic
def decline(*, reversal_id: int, reason: str, by: Actor, at: datetime) -> Reversal:
    """Leave the recharge as it is; the frozen segments are available again.

    Whoever asked for it may do so, too: that takes it back, and approves nothing.

    Raises:
        ReversalReasonMissingError: no reason was given.
        ReversalStateError: it was decided before.
    """
    if not reason.strip():
        raise ReversalReasonMissingError
    reversal = locks.reversal(reversal_id)
    _check_step(reversal, ReversalStatus.DECLINED)
    reversal.status, reversal.decided_at = ReversalStatus.DECLINED, at
    reversal.decided_by_id, reversal.decision_reason = by.user_id, reason
    with act("reversals.decline", by=by, reason=reason):
        ledger_reversals.thaw(
            account_id=reversal.recharge.account_id,
            segments=reversal.held_segments,
            reversal_id=reversal.pk,
            by=by,
            at=at,
        )
        reversal.save()
    return reversal


def check_person(act_name: str, reversal: Reversal, by: Actor) -> tuple[str, ...]:
    """Refuse whoever asked for a reversal; return the relaxed separations.

    Raises:
        OwnReversalError: `by` asked for it.
    """
    return separations.check(
        act_name,
        by=by,
        hands=reversal.hands(),
        errors={"reversal-requested": OwnReversalError},
    )


def _move_money(reversal: Reversal, *, at: datetime) -> None:
    """Say where the money is now; under the act of the approval."""
    recharge, entry = reversal.recharge, reversal.recharge.bank_entry
    status = _MONEY[ReversalCause(reversal.cause)]
    if status not in NEXT_BANK_ENTRY_STATUS[BankEntryStatus(entry.status)]:
        raise BankEntryStateError(serial=entry.serial, status=entry.get_status_display())
    entry.status = status
    if status == BankEntryStatus.UNMATCHED:
        late_credits.note_if_late(entry, at=at)
        same_day.start(entry, found_at=at)
    else:
        entry.status_reason = reversal.reason
    entry.save(update_fields=["status", "status_reason", "found_at", "due_at", "settled_at"])
    _free_slips(reversal)
    expected.reopen(recharge)


def _free_slips(reversal: Reversal) -> None:
    """Part the slips from a match of which nothing is credited any more."""
    match_id = reversal.recharge.match_id
    if match_id is None:
        return
    together = Recharge.objects.filter(match=match_id).exclude(pk=reversal.recharge_id)
    if together.exclude(status=RechargeStatus.REVERSED).exists():
        return
    if reversal.cause == ReversalCause.BANK_RECALL:
        remittances.reject_all(
            match_id,
            reason=reversal.reason,
            remedy=gettext("The bank took the money back. Pay again, and report that payment."),
        )
    else:
        remittances.untie_all(match_id)


def _check_step(reversal: Reversal, status: ReversalStatus) -> None:
    if status not in NEXT_REVERSAL_STATUS[ReversalStatus(reversal.status)]:
        raise ReversalStateError(
            account=reversal.recharge.account.code, status=reversal.get_status_display()
        )


def _tell(event: type[ReversalEvent], reversal: Reversal, *, subject_id: int, at: datetime) -> None:
    recharge = reversal.recharge
    is_approved = reversal.status == ReversalStatus.APPROVED
    outbox.publish(
        event(
            partner_id=recharge.account.partner_id,
            account_id=recharge.account_id,
            subject_id=str(subject_id),
            number=recharge.number,
            account=recharge.account.code,
            amount_yuan=recharge.amount_yuan,
            segments=reversal.taken_segments if is_approved else reversal.segments,
            owed=reversal.owed_segments,
            cause=ReversalCause(reversal.cause),
            reason=reversal.reason,
        ),
        at=at,
    )
