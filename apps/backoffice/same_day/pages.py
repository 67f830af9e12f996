"""The same-day clock as finance reads it: the money whose clock runs, and every breach.

A breach is for good, but its bank entry's clock may have been set anew since (money that was booked
wrongly is found again); when such an earlier run ended is told by the recharge that ended it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    DecimalField,
    F,
    FilteredRelation,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.functions import Coalesce, TruncMonth

from apps.common import working_time
from apps.common.clock import SHANGHAI, local_date
from apps.common.working_time import Clock, words_of_lateness
from apps.recharges.choices import RechargeStatus
from apps.recharges.models import BankEntry, LateCredit, Recharge
from apps.recharges.queries import same_day

_YUAN: "DecimalField[Decimal, Decimal]" = DecimalField(max_digits=20, decimal_places=2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Money:
    """So many lines of the bank, and what they brought together."""

    count: int
    yuan: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Totals:
    """The money whose clock runs.

    Attributes:
        today: what is due today and not late yet.
    """

    waiting: Money
    today: Money
    late: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class Running:
    """Money whose clock runs, and the recharge from it that waits for a second person."""

    entry: BankEntry
    clock: Clock
    proposed: Recharge | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Breach:
    """Money that was not credited or put aside by when it was due.

    Attributes:
        settled_at: when it was in the end; None while it still waits.
        late_by: the working time from when it was due until then, or until now.
    """

    late: LateCredit
    settled_at: datetime | None
    late_by: timedelta

    @property
    def minutes_late(self) -> int:
        """The lateness in whole minutes of working time."""
        return int(self.late_by.total_seconds()) // 60

    @property
    def words(self) -> str:
        """The lateness, for a reader."""
        return words_of_lateness(self.late_by)


def clock_counts(at: datetime) -> dict[str, Any]:
    """Count for the navigation and the home, in one query: free, proposed, due today and late.

    A line has one pending recharge at most, so that joining them counts no line twice.
    """
    proposal = FilteredRelation("recharges", condition=Q(recharges__status=RechargeStatus.PENDING))
    return (
        BankEntry.objects.unmatched()
        .order_by()
        .annotate(proposal=proposal)
        .aggregate(
            free=Count("pk", filter=Q(proposal__pk__isnull=True)),
            purchases=Count(Coalesce(F("proposal__match"), F("proposal__pk") * -1), distinct=True),
            today=Count("pk", filter=_today(at)),
            late=Count("pk", filter=_late(at)),
            next_due_at=Min("due_at", filter=_today(at)),
        )
    )


def totals(at: datetime) -> Totals:
    """Add up the money whose clock runs."""
    found = BankEntry.objects.unmatched().aggregate(
        **_sums("waiting", Q()), **_sums("today", _today(at)), **_sums("late", _late(at))
    )
    return Totals(
        **{
            name: Money(count=found[f"{name}_count"], yuan=found[f"{name}_yuan"])
            for name in ("waiting", "today", "late")
        }
    )


def running_entries() -> QuerySet[BankEntry]:
    """Return the money whose clock runs, what is due first at the head; read with `running`."""
    pending = Recharge.objects.filter(status=RechargeStatus.PENDING)
    pending = pending.select_related("account__partner", "entered_by")
    return same_day.running().prefetch_related(
        Prefetch("recharges", queryset=pending, to_attr="proposed")
    )


def running(entries: Iterable[Any], *, at: datetime) -> list[Running]:
    """Read each entry's clock, and what is proposed from it."""
    return [
        Running(
            entry=entry,
            clock=same_day.clock_of(entry, at=at),
            proposed=entry.proposed[0] if entry.proposed else None,
        )
        for entry in entries
    ]


def late_credits(month: date | None = None) -> QuerySet[Any]:
    """Return the breaches, all or of a month, the newest first; read with `breaches`."""
    ended_by = (
        Recharge.objects.filter(
            bank_entry=OuterRef("bank_entry"), confirmed_at__gt=OuterRef("due_at")
        )
        .order_by("confirmed_at", "pk")
        .values("confirmed_at")[:1]
    )
    found: QuerySet[Any] = same_day.breaches().annotate(
        was_settled_at=Case(
            When(due_at=F("bank_entry__due_at"), then=F("bank_entry__settled_at")),
            default=Subquery(ended_by),
            output_field=DateTimeField(),
        )
    )
    if month is None:
        return found
    first = datetime.combine(month.replace(day=1), time.min, tzinfo=SHANGHAI)
    next_month = (first + timedelta(days=31)).replace(day=1)
    return found.filter(due_at__gte=first, due_at__lt=next_month)


def breaches(rows: Iterable[Any], *, at: datetime) -> Iterator[Breach]:
    """Say of each breach when it ended and how late that was."""
    calendar = working_time.load_calendar()
    for row in rows:
        until = row.was_settled_at or at
        yield Breach(
            late=row, settled_at=row.was_settled_at, late_by=calendar.between(row.due_at, until)
        )


def breaches_by_month() -> list[tuple[date, int]]:
    """Count the breaches of each month that has any, the newest month first."""
    months = LateCredit.objects.annotate(month=TruncMonth("due_at", tzinfo=SHANGHAI))
    counted = months.order_by().values_list("month").annotate(count=Count("pk"))
    return [(local_date(month), count) for month, count in counted.order_by("-month")]


def _today(at: datetime) -> Q:
    today = local_date(at) + timedelta(days=1)
    return Q(due_at__gte=at, due_at__lt=datetime.combine(today, time.min, tzinfo=SHANGHAI))


def _late(at: datetime) -> Q:
    return Q(due_at__lt=at)


def _sums(name: str, only: Q) -> dict[str, Any]:
    yuan = Coalesce(Sum("amount_yuan", filter=only), Decimal(0), output_field=_YUAN)
    return {f"{name}_count": Count("pk", filter=only), f"{name}_yuan": yuan}
