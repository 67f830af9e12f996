"""The end of agreements by the clock: told of ahead, then written down.

Sending stops by the date itself, not by this; state and news follow for those who look at them.
"""

from datetime import datetime, timedelta

from django.db import transaction

from apps.agreements import locks, rules
from apps.agreements.choices import AgreementStatus
from apps.agreements.events import AgreementExpired, AgreementExpiring
from apps.agreements.models import Agreement, ExpiryWarning
from apps.agreements.services import agreements, steps
from apps.audit.actors import SYSTEM
from apps.common.clock import local_date


@transaction.atomic
def expire_due(*, at: datetime) -> int:
    """End every active agreement whose term is over; return how many.

    One that an activated renewal follows is superseded, any other has expired.
    """
    due = locks.agreements_over_on(local_date(at))
    for agreement in due:
        renewal = agreement.renewals.filter(status=AgreementStatus.ACTIVE).first()
        if renewal is not None:
            agreements.supersede(agreement, renewal, by=SYSTEM, at=at)
            continue
        agreement.ended_at = at
        steps.saved(agreement, AgreementStatus.EXPIRED, verb="expire", by=SYSTEM)
        steps.tell(AgreementExpired, agreement, at=at)
    return len(due)


@transaction.atomic
def warn_due(*, at: datetime) -> int:
    """Tell of every end that is 60, 30 or 7 days ahead, each once; return how many were told.

    Days that were missed are made up for by one late warning; a row for each keeps all of them from
    being given again.
    """
    horizon = local_date(at) + timedelta(days=max(rules.WARNING_DAYS))
    running_out = locks.agreements_running_out_by(horizon)
    return sum(_warn(agreement, at=at) for agreement in running_out)


def _warn(agreement: Agreement, *, at: datetime) -> bool:
    today = local_date(at)
    assert agreement.ends_on is not None  # noqa: S101 - it was chosen by its end
    assert agreement.activated_at is not None  # noqa: S101 - the database holds active ones to it
    due = rules.warning_due(
        ends_on=agreement.ends_on,
        in_force_since=local_date(agreement.activated_at),
        today=today,
        given=set(agreement.warnings.values_list("days", flat=True)),
    )
    if due is None:
        return False
    ExpiryWarning.objects.bulk_create(
        ExpiryWarning(agreement=agreement, days=days, given_at=at)
        for days in (*due.made_up_for, due.days)
    )
    left = (agreement.ends_on - today).days
    steps.tell(AgreementExpiring, agreement, at=at, ends_on=agreement.ends_on, days=left)
    return True
