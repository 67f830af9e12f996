"""Breaches of the same-day clock: noticed by the clock, once each, and told to finance."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from apps.common import outbox
from apps.common.errors import NotFoundError
from apps.recharges import locks
from apps.recharges.choices import RechargeStatus
from apps.recharges.events import RechargeOverdue
from apps.recharges.models import BankEntry, LateCredit, Recharge

MOST_AT_ONCE = 500


def notice(*, at: datetime) -> int:
    """Write down what was not credited by when it was due, also if it was credited late since.

    Bounded: where it returns `MOST_AT_ONCE` there may be more. After a crash the rest is noticed by
    the next call, and nothing twice.

    Source: agreement clause 11.
    """
    noticed = LateCredit.objects.filter(bank_entry=OuterRef("pk"), due_at=OuterRef("due_at"))
    late = BankEntry.objects.late(at).exclude(Exists(noticed)).order_by("due_at", "pk")
    entry_ids = list(late.values_list("pk", flat=True)[:MOST_AT_ONCE])
    return sum(_notice(entry_id, at=at) for entry_id in entry_ids)


@transaction.atomic
def _notice(entry_id: int, *, at: datetime) -> bool:
    try:
        entry = locks.bank_entry(entry_id)
    except NotFoundError:
        return False
    return note_if_late(entry, at=at)


def note_if_late(entry: BankEntry, *, at: datetime) -> bool:
    """Write a breach of a locked bank entry down, if there is one and it was not before."""
    if entry.due_at >= (entry.settled_at or at):
        return False
    breach, is_new = LateCredit.objects.get_or_create(
        bank_entry=entry, due_at=entry.due_at, defaults={"noticed_at": at}
    )
    if is_new:
        _tell(breach, entry, at=at)
    return is_new


def _tell(breach: LateCredit, entry: BankEntry, *, at: datetime) -> None:
    proposed = (
        Recharge.objects.filter(bank_entry=entry, status=RechargeStatus.PENDING)
        .select_related("account")
        .first()
    )
    outbox.publish(
        RechargeOverdue(
            partner_id=proposed.account.partner_id if proposed else None,
            account_id=proposed.account_id if proposed else None,
            subject_id=str(entry.pk),
            number=entry.serial,
            payer=entry.payer,
            amount_yuan=entry.amount_yuan,
            due_at=breach.due_at,
        ),
        at=at,
    )
