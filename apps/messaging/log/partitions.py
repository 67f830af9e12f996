"""The monthly partitions of `messaging_message`, made ahead of time.

Ids are time-ordered, so a month of messages is a range of ids.
"""

from datetime import datetime

from apps.common import ids, partitions
from apps.common.clock import SHANGHAI

MONTHS_AHEAD = 3
_MESSAGES = partitions.Cut(table="messaging_message", key="id", storage="fillfactor = 85")


def ensure_partitions(at: datetime) -> list[str]:
    """Make the partitions of the month of `at` and of the next ones; return those made new."""
    month = at.astimezone(SHANGHAI).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    spans = []
    for _ in range(MONTHS_AHEAD + 1):
        spans.append(_span(month))
        month = _next_month(month)
    return partitions.ensure(_MESSAGES, spans)


def name_of(month: datetime) -> str:
    """Return the table that holds the messages of a month."""
    return _MESSAGES.name(_span(month).label)


def _span(month: datetime) -> partitions.Span:
    return partitions.Span(
        label=f"{month:%Y_%m}",
        begins=str(ids.floor(month)),
        ends=str(ids.floor(_next_month(month))),
    )


def _next_month(month: datetime) -> datetime:
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
