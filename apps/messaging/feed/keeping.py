"""A partition a day, made ahead; changes are kept for a week."""

from datetime import datetime, timedelta

from apps.common import partitions
from apps.common.clock import SHANGHAI

KEPT = timedelta(days=7)  # Carriers speak for 72 hours; software that was away had the rest.
DAYS_AHEAD = 3
_CHANGES = partitions.Cut(table="messaging_statuschange", key="told_at")


def ensure_partitions(at: datetime) -> list[str]:
    """Make the days from that of `at` on; return those made new."""
    today = at.astimezone(SHANGHAI).date()
    days = [today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD + 1)]
    return partitions.ensure(_CHANGES, [partitions.day_span(day) for day in days])


def drop_old(at: datetime) -> list[str]:
    """Drop the days of which nothing is kept any more; return them."""
    oldest = (at - KEPT).astimezone(SHANGHAI).date()
    return partitions.drop_before(_CHANGES, partitions.day_span(oldest).label)
