"""The clock of judging, the same for every kind of application: all of it in working time."""

from datetime import datetime, timedelta

from apps.common import working_time
from apps.reviews.models import Round

JUDGED_WITHIN = timedelta(hours=2)  # The gateway's target, not a promise.
URGED_EVERY = timedelta(hours=1)


def due_after(submitted_at: datetime) -> datetime:
    """Return by when what was submitted is to be judged."""
    return working_time.load_calendar().add(submitted_at, JUDGED_WITHIN)


def urgeable_from(*, submitted_at: datetime, urged_at: datetime | None) -> datetime:
    """Return from when on a submission may be urged: after an hour, and hourly from then on."""
    return working_time.load_calendar().add(urged_at or submitted_at, URGED_EVERY)


def earliest_urge(opened: Round) -> datetime:
    """Return from when on a round that waits may be urged."""
    return urgeable_from(submitted_at=opened.submitted_at, urged_at=opened.urged_at)
