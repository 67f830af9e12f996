"""The clock of agreement clause 11: money is credited on the day on which it is found."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from apps.common import working_time
from apps.common.working_time import Clock
from apps.recharges.models import BankEntry, LateCredit
from apps.recharges.queries import money as queries

SOON = timedelta(hours=2)  # from when on money presses


def due_at(found_at: datetime) -> datetime:
    """Return by when money found at a moment is to be credited, by the rules in force now.

    Source: agreement clause 11.
    """
    return working_time.load_calendar().same_day_due(found_at, queries.policy().cut_off)


def start(entry: BankEntry, *, found_at: datetime) -> None:
    """Set a bank entry's clock going, without saving it."""
    entry.found_at, entry.due_at, entry.settled_at = found_at, due_at(found_at), None


def clock_of(entry: BankEntry, *, at: datetime) -> Clock:
    """Return a bank entry's clock as it stands at a moment; it stops when the entry is settled."""
    return clock_at(entry.due_at, at=entry.settled_at or at)


def clock_at(due: datetime, *, at: datetime) -> Clock:
    """Return how long the gateway has at a moment to credit what is due at another."""
    return working_time.clock_of(due, at=at, calendar=working_time.load_calendar(), soon=SOON)


def running() -> QuerySet[BankEntry]:
    """Return the money whose clock runs, what is due first at the head; proposed money as well."""
    return BankEntry.objects.unmatched().order_by("due_at", "pk")


def breaches() -> QuerySet[LateCredit]:
    """Return every breach of the clock, the newest first, with its bank entry."""
    return LateCredit.objects.select_related("bank_entry").order_by("-due_at", "-pk")
