"""How long credit lasts: plain arithmetic over what was spent lately."""

from datetime import date, datetime, time, timedelta, tzinfo

WINDOW_DAYS = 14
LEAST_OBSERVED = timedelta(days=1)  # An account an hour old is not judged by that hour.


def window_start(at: datetime, zone: tzinfo) -> date:
    """Return the first of the 14 calendar days that end with the day of `at`."""
    return at.astimezone(zone).date() - timedelta(days=WINDOW_DAYS - 1)


def days_left(*, available: int, spent: int, since: date, at: datetime, zone: tzinfo) -> int | None:
    """Return for how many whole days `available` segments last at the pace since a day.

    1 000 left after 1 400 in 14 days last 10 days. None where nothing was spent, net of refunds.
    """
    if spent <= 0:
        return None
    observed = max(at - datetime.combine(since, time.min, tzinfo=zone), LEAST_OBSERVED)
    seconds = int(observed.total_seconds())
    return available * seconds // (spent * 86_400)
