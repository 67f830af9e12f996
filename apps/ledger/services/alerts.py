"""Low-balance warnings: at the partner's own threshold, one each time an account falls below it.

The threshold and whether the account is known to be low stand in a row beside the balance. A task
compares the two every minute; sends know nothing of it. An account that falls and is refilled
between two looks was never seen low, and nobody is warned.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import BigIntegerField, F, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common import outbox
from apps.common.errors import InvalidError
from apps.ledger import locks, queries
from apps.ledger.events import BalanceLow
from apps.ledger.models import BalanceAlert
from apps.partners.choices import AccountStatus
from apps.partners.models import Account

MAX_THRESHOLD = 999_999_999


class AlertThresholdError(InvalidError):
    """A threshold is a number of segments above zero."""

    code = "alert_threshold_invalid"
    message = _("Give a whole number of segments from 1 to 999,999,999, or nothing for no warning.")
    cure = _("Write how many segments, or leave it empty.")


@transaction.atomic
def set_threshold(
    *, account: Account, alert_below: int | None, by: Actor, at: datetime
) -> BalanceAlert:
    """Warn below so many segments from now on; None never.

    An account that is below already is warned about at the next look, unless it has been.

    Raises:
        AlertThresholdError: it is not from 1 to 999 999 999.
    """
    if alert_below is not None and not 1 <= alert_below <= MAX_THRESHOLD:
        raise AlertThresholdError
    alert = locks.alert(account.pk, at=at)
    if alert.alert_below == alert_below:
        return alert
    alert.alert_below = alert_below
    alert.is_low = alert.is_low and alert_below is not None
    with act("alerts.set_threshold", by=by):
        alert.save(update_fields=["alert_below", "is_low"])
    return alert


def check(*, at: datetime) -> int:
    """Warn about every account that has fallen below its threshold; return how many have."""
    crossed = (
        BalanceAlert.objects.filter(alert_below__isnull=False)
        .exclude(account__status=AccountStatus.CLOSED)
        .annotate(
            available=Coalesce("account__balance__available", Value(0, BigIntegerField())),
        )
    )
    fallen = crossed.filter(is_low=False, available__lt=F("alert_below"))
    risen = crossed.filter(is_low=True, available__gte=F("alert_below"))
    account_ids = sorted(
        [*fallen.values_list("pk", flat=True), *risen.values_list("pk", flat=True)]
    )
    return sum(_cross(account_id, at=at) for account_id in account_ids)


@transaction.atomic
def _cross(account_id: int, *, at: datetime) -> bool:
    """Write down on which side of its threshold an account is; warn where it has fallen."""
    alert = locks.alert(account_id, at=at)
    available = queries.balance_of(account_id).available
    is_low = alert.alert_below is not None and available < alert.alert_below
    if is_low == alert.is_low:
        return False  # Somebody else saw it at the same moment.
    alert.is_low, alert.changed_at = is_low, at
    alert.save(update_fields=["is_low", "changed_at"])
    if is_low:
        _warn(alert, available, at=at)
    return is_low


def _warn(alert: BalanceAlert, available: int, *, at: datetime) -> None:
    account = alert.account
    outbox.publish(
        BalanceLow(
            partner_id=account.partner_id,
            account_id=account.pk,
            subject_id=account.code,
            account=account.code,
            available=available,
            alert_below=alert.alert_below or 0,
            days_left=queries.days_left([account], at=at)[account.pk],
        ),
        at=at,
    )
