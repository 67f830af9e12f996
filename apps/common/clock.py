"""The time: stored in UTC, shown and reckoned in days of Asia/Shanghai."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(tz=UTC)


def local_date(at: datetime) -> date:
    """Return the calendar day of `at` in Asia/Shanghai."""
    return at.astimezone(SHANGHAI).date()


def iso(at: datetime) -> str:
    """Write a moment as ISO 8601 with the offset of Asia/Shanghai, to the millisecond."""
    return at.astimezone(SHANGHAI).isoformat(timespec="milliseconds")
