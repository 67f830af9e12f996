"""What waits for staff, and how the gateway runs."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, Min, Q, Sum

from apps.agreements.choices import AgreementStatus
from apps.agreements.models import Agreement
from apps.backoffice.judging.kinds import KINDS
from apps.backoffice.same_day import pages as same_day
from apps.common import clock, heartbeats, ids
from apps.messaging.choices import BatchStatus
from apps.messaging.models import Batch, Chunk
from apps.partners.choices import AccountStatus
from apps.partners.models import Account
from apps.recharges.models import Reversal
from apps.users.models import Proposal

EXPIRING_DAYS = 30
LATE_DISPATCH = timedelta(minutes=2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """How many of each are to be decided by a person.

    Attributes:
        recharges: purchases that wait for a second person; recharges of a match count once.
        due_today: lines of the bank to be credited today, the late ones left out.
        next_due_at: by when the first of these.
    """

    applications: int
    overdue_applications: int
    bank_entries: int
    due_today: int
    late: int
    next_due_at: datetime | None
    recharges: int
    reversals: int
    agreements: int
    proposals: int

    @property
    def approvals(self) -> int:
        """All that finance's second person decides."""
        return self.recharges + self.reversals


def waiting(at: datetime) -> Waiting:
    """Count what waits; each count reads a small partial index."""
    overdue = Count("pk", filter=Q(due_at__lt=at))
    applications = [
        kind.waiting().aggregate(all=Count("pk"), overdue=overdue) for kind in KINDS.values()
    ]
    money = same_day.clock_counts(at)
    return Waiting(
        applications=sum(each["all"] for each in applications),
        overdue_applications=sum(each["overdue"] for each in applications),
        bank_entries=money["free"],
        due_today=money["today"],
        late=money["late"],
        next_due_at=money["next_due_at"],
        recharges=money["purchases"],
        reversals=Reversal.objects.waiting().count(),
        agreements=Agreement.objects.filter(status=AgreementStatus.SIGNED).count(),
        proposals=Proposal.objects.waiting().count(),
    )


def expiring_agreements(at: datetime) -> int:
    """Count the agreements that end within 30 days."""
    today = clock.local_date(at)
    last = today + timedelta(days=EXPIRING_DAYS)
    return Agreement.objects.in_force_on(today).filter(ends_on__lte=last).count()


def suspended_accounts() -> int:
    """Count the accounts that may not send for now."""
    return Account.objects.filter(status=AccountStatus.SUSPENDED).count()


@dataclass(frozen=True, kw_only=True, slots=True)
class Traffic:
    """What was accepted since midnight in Asia/Shanghai, test traffic left out."""

    batches: int
    messages: int
    segments: int


def traffic_today(at: datetime) -> Traffic:
    """Add up today's batches; messages themselves are not counted one by one."""
    midnight = datetime.combine(clock.local_date(at), time.min, tzinfo=clock.SHANGHAI)
    accepted = Batch.objects.filter(pk__gte=ids.floor(midnight), is_test=False)
    totals = accepted.exclude(status=BatchStatus.CANCELLED).aggregate(
        batches=Count("pk"), messages=Sum("accepted_count"), segments=Sum("segments")
    )
    return Traffic(**{name: total or 0 for name, total in totals.items()})


@dataclass(frozen=True, kw_only=True, slots=True)
class Dispatch:
    """Whether messages go out."""

    chunks: int
    messages: int
    oldest_due_at: datetime | None
    worker_seen_at: datetime | None
    is_late: bool
    has_worker: bool


def dispatch_health(at: datetime) -> Dispatch:
    """Look at what is due and not yet handed over, and at the workers' signs of life."""
    due = Chunk.objects.filter(due_at__lte=at).aggregate(
        chunks=Count("pk"), messages=Sum("message_count"), oldest=Min("due_at")
    )
    seen_at = heartbeats.last_seen()
    return Dispatch(
        chunks=due["chunks"],
        messages=due["messages"] or 0,
        oldest_due_at=due["oldest"],
        worker_seen_at=seen_at,
        is_late=due["oldest"] is not None and due["oldest"] < at - LATE_DISPATCH,
        has_worker=seen_at is not None and seen_at > at - heartbeats.SEEN_LATELY,
    )
