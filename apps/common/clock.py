"""The time: stored in UTC, shown and reckoned in days of Asia/Shanghai."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(tz=UTC)


def local_date(at: datetime) -> date:
    """Return the calendar day of `at` in Asia/Shanghai."""
    return at.astimezone(SHANGHAI).date()


def local_day(at: datetime) -> tuple[datetime, datetime]:
    """Return when the day of `at` in Asia/Shanghai begins, and when the next one does."""
    begins = datetime.combine(local_date(at), time(), tzinfo=SHANGHAI)
    return begins, begins + timedelta(days=1)


def iso(at: datetime) -> str:
    """Write a moment as ISO 8601 with the offset of Asia/Shanghai, to the millisecond."""
    return at.astimezone(SHANGHAI).isoformat(timespec="milliseconds")
