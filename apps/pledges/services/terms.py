"""Pledges by the clock: warned of before they end, expired on their day.

Sending stops by the date itself, not by this; the state follows for those who look at it.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from apps.audit.actors import SYSTEM
from apps.audit.acts import act
from apps.common.clock import local_date
from apps.pledges import locks, rules
from apps.pledges.choices import PledgeStatus
from apps.pledges.events import PledgeExpired, PledgeExpiring
from apps.pledges.models import Pledge
from apps.pledges.services import news


@transaction.atomic
def expire_due(*, at: datetime) -> int:
    """Expire every approved pledge whose validity has ended; return how many."""
    due = locks.pledges_over_on(local_date(at))
    for pledge in due:
        pledge.status, pledge.ended_at = PledgeStatus.EXPIRED, at
        with act("pledges.expire", by=SYSTEM):
            pledge.save(update_fields=["status", "ended_at"])
        news.tell(PledgeExpired, pledge, at)
    return len(due)


@transaction.atomic
def warn_ending(*, at: datetime) -> int:
    """Tell partners of pledges that end in 30, 7 and 1 days, each once; return how many.

    Where a renewal is approved that goes on without a gap, there is nothing to tell.
    """
    today = local_date(at)
    last = today + timedelta(days=max(rules.WARNING_DAYS))
    return sum(_warn(pledge, today, at) for pledge in locks.pledges_ending_by(last))


def _warn(pledge: Pledge, today: date, at: datetime) -> bool:
    until = pledge.valid_until or today
    due = rules.warning_due(today=today, valid_until=until, warned_days=pledge.warned_days)
    if due is None or _is_renewed(pledge, until):
        return False
    pledge.warned_days = due
    with act("pledges.warn", by=SYSTEM):
        pledge.save(update_fields=["warned_days"])
    news.tell(PledgeExpiring, pledge, at, valid_until=until, days=(until - today).days)
    return True


def _is_renewed(pledge: Pledge, until: date) -> bool:
    later = Pledge.objects.filter(
        customer=pledge.customer_id,
        status=PledgeStatus.APPROVED,
        valid_from__lte=until,
        valid_until__gt=until,
    )
    return later.exists()
