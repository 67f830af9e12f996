"""Segments that are owed after a reversal: brought back by later credit, or written off."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import REASON, RELOAD, ConflictError, InvalidError
from apps.ledger import locks as ledger_locks
from apps.ledger.services import reversals as ledger_reversals
from apps.recharges import locks
from apps.recharges.models import Reversal
from apps.recharges.services import reversals


class NothingOwedError(ConflictError):
    """All came back, or was written off, before."""

    code = "reversal_nothing_owed"
    message = _("Nothing is owed for the recharge of %(account)s any more.")
    cure = RELOAD


class WriteOffReasonMissingError(InvalidError):
    """Nobody lets segments go without saying why."""

    code = "reversal_write_off_reason_missing"
    message = _("Say why these segments are written off.")
    cure = REASON


@transaction.atomic
def collect(*, account_id: int, by: Actor, at: datetime) -> int:
    """Take from what an account has available all that it owes; return how many segments came back.

    For credit that came by a refund or a transfer: a recharge brings back by itself.
    """
    with act("reversals.collect", by=by):
        return bring_back(account_id, by=by, at=at)


def bring_back(account_id: int, *, by: Actor, at: datetime) -> int:
    """Do what `collect` does, the oldest debt first; under the caller's act.

    The balance is locked before the debts are read: whoever makes one holds it until it is written.
    """
    ledger_locks.balances([account_id])
    return sum(_bring_back(each, by=by, at=at) for each in locks.owed_reversals(account_id))


def _bring_back(reversal: Reversal, *, by: Actor, at: datetime) -> int:
    taken = ledger_reversals.take_back(
        account_id=reversal.recharge.account_id,
        frozen=0,
        most=reversal.outstanding_segments,
        reversal_id=reversal.pk,
        by=by,
        at=at,
    )
    if taken:
        reversal.recovered_segments += taken
        reversal.save(update_fields=["recovered_segments"])
    return taken


@transaction.atomic
def write_off(*, reversal_id: int, by: Actor, reason: str) -> Reversal:
    """Let go what is still owed, such as when the gateway itself booked wrongly.

    Raises:
        WriteOffReasonMissingError: no reason was given.
        OwnReversalError: `by` asked for the reversal.
        NothingOwedError: nothing is owed any more.
    """
    if not reason.strip():
        raise WriteOffReasonMissingError
    reversal = locks.reversal(reversal_id)
    relaxed = reversals.check_person("reversals.write_off", reversal, by)
    if not reversal.outstanding_segments:
        raise NothingOwedError(account=reversal.recharge.account.code)
    reversal.written_off_segments += reversal.outstanding_segments
    reversal.write_off_reason = reason
    with act("reversals.write_off", by=by, reason=reason, relaxed=relaxed):
        reversal.save(update_fields=["written_off_segments", "write_off_reason"])
    return reversal
