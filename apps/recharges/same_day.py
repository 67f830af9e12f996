"""The clock of agreement clause 11: money is credited on the day on which it is found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from apps.common import working_time
from apps.recharges import queries
from apps.recharges.models import BankEntry, LateCredit


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """How long the gateway still has to credit what a bank entry brought.

    Attributes:
        left: working time until it is due; below zero is by how much it is late.
        is_late: it was due before now, or was settled after it was due.
    """

    entry: BankEntry
    left: timedelta
    is_late: bool


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
    until = entry.settled_at or at
    return Clock(
        entry=entry,
        left=working_time.load_calendar().between(until, entry.due_at),
        is_late=entry.due_at < until,
    )


def clocks(entries: Iterable[BankEntry], *, at: datetime) -> list[Clock]:
    """Return the clocks of bank entries, in their order."""
    return [clock_of(entry, at=at) for entry in entries]


def running() -> QuerySet[BankEntry]:
    """Return the money whose clock runs, what is due first at the head; proposed money as well."""
    return BankEntry.objects.unmatched().order_by("due_at", "pk")


def breaches() -> QuerySet[LateCredit]:
    """Return every breach of the clock, the newest first, with its bank entry."""
    return LateCredit.objects.select_related("bank_entry").order_by("-due_at", "-pk")
