"""Sessions of staff: dated when they begin, and over so many hours later, however busy they are."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

_BEGUN = "begun"  # in seconds since 1970


def begin(session: SessionBase, *, at: datetime) -> None:
    """Write into a session when it began."""
    session[_BEGUN] = at.timestamp()


def is_over(session: SessionBase, *, at: datetime) -> bool:
    """Tell whether a session's hours have passed; one without a date begins now."""
    begun = session.get(_BEGUN)
    if begun is None:
        begin(session, at=at)
        return False
    hours = timedelta(hours=settings.STAFF_SESSION_HOURS)
    return datetime.fromtimestamp(begun, UTC) + hours <= at
