"""The queue: what waits of all kinds, the first due first, and who is at what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Count, Q, QuerySet, Value

from apps.backoffice.judging.applications import Kind, Row
from apps.backoffice.judging.kinds import KINDS
from apps.common import working_time
from apps.common.working_time import Clock, clock_of
from apps.reviews.models import Claim
from apps.users.models import User

PAGE_SIZE = 25
MINE, FREE = "mine", "free"
LOOKED_AHEAD = 50  # how many are offered before the next one is given up to be found

Held = dict[tuple[str, int], Claim]


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """What of the queue is shown; empty is all."""

    kind: str = ""
    whose: str = ""
    is_overdue: bool = False
    words: str = ""


ALL = Filters()


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A row with its clock and who is at it."""

    row: Row
    kind: Kind
    clock: Clock
    claim: Claim | None
    is_mine: bool
    may_judge: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class KindCount:
    """How many of a kind wait, and how many of these are overdue."""

    kind: Kind
    waiting: int
    overdue: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """What waits altogether, whatever is shown of it."""

    kinds: tuple[KindCount, ...]
    mine: int

    @property
    def waiting(self) -> int:
        """All that wait."""
        return sum(each.waiting for each in self.kinds)

    @property
    def overdue(self) -> int:
        """Those that should have been judged."""
        return sum(each.overdue for each in self.kinds)


@dataclass(frozen=True, kw_only=True, slots=True)
class Queue:
    """A page of the queue."""

    page: Page[Any]
    lines: tuple[Line, ...]
    counts: Counts


def queue(
    filters: Filters, *, kinds: Sequence[Kind], user: User, at: datetime, number: str | None
) -> Queue:
    """Return a page of what waits, in as many queries for two rows as for twenty."""
    held = claims_held(kinds, at)
    keys = _keys(filters, kinds=kinds, held=held, user=user, at=at)
    page = Paginator(keys, PAGE_SIZE).get_page(number)
    return Queue(
        page=page,
        lines=tuple(_lines(list(page.object_list), held, user=user, at=at)),
        counts=counts(kinds, held=held, user=user, at=at),
    )


def counts(kinds: Sequence[Kind], *, held: Held, user: User, at: datetime) -> Counts:
    """Count what waits: a small partial index of each kind is read."""
    found = [(kind, kind.waiting().aggregate(**_counted(at))) for kind in kinds]
    return Counts(
        kinds=tuple(
            KindCount(kind=kind, waiting=each["all"], overdue=each["late"]) for kind, each in found
        ),
        mine=sum(claim.claimed_by_id == user.pk for claim in held.values()),
    )


def claims_held(kinds: Sequence[Kind], at: datetime) -> Held:
    """Return the claims that have not lapsed: as many as there are reviewers, or few more."""
    names = [kind.name for kind in kinds]
    found = Claim.objects.filter(queue__in=names, lapses_at__gt=at).select_related("claimed_by")
    return {(claim.queue, int(claim.subject_id)): claim for claim in found}


def next_for(
    user: User, filters: Filters, *, kinds: Sequence[Kind], at: datetime
) -> tuple[Kind, int] | None:
    """Return the first that this reviewer may judge and nobody else is at; None where none is."""
    judged = [kind for kind in kinds if user.has_perm(kind.judge_permission)]
    held = claims_held(judged, at)
    keys = _keys(filters, kinds=judged, held=held, user=user, at=at)
    for name, subject, _due_at in keys[:LOOKED_AHEAD]:
        claim = held.get((name, subject))
        if claim is not None and claim.claimed_by_id != user.pk:
            continue
        application = KINDS[name].application(subject)
        if application and application.judgement(user.as_actor()).obstacle is None:
            return KINDS[name], subject
    return None


def line_of(row: Row, *, claim: Claim | None, user: User, at: datetime) -> Line:
    """Return a row as the page of its application heads it."""
    kind = KINDS[row.kind]
    return Line(
        row=row,
        kind=kind,
        clock=clock_of(row.due_at, at=at, calendar=working_time.load_calendar()),
        claim=claim,
        is_mine=claim is not None and claim.claimed_by_id == user.pk,
        may_judge=user.has_perm(kind.judge_permission),
    )


def _counted(at: datetime) -> dict[str, Count]:
    return {"all": Count("pk"), "late": Count("pk", filter=Q(due_at__lt=at))}


def _keys(
    filters: Filters, *, kinds: Sequence[Kind], held: Held, user: User, at: datetime
) -> QuerySet[Any, tuple[str, int, datetime]]:
    """Return kind, subject and deadline of all that match, as one statement."""
    chosen = [kind for kind in kinds if filters.kind in {"", kind.name}]
    parts = [_part(kind, filters, held=held, user=user, at=at) for kind in chosen]
    if not parts:
        return Claim.objects.none().values_list("queue", "id", "lapses_at")
    return parts[0].union(*parts[1:], all=True).order_by("due_at", "kind_name", "subject")


def _part(
    kind: Kind, filters: Filters, *, held: Held, user: User, at: datetime
) -> QuerySet[Any, Any]:
    found = kind.waiting(filters.words)
    if filters.is_overdue:
        found = found.filter(due_at__lt=at)
    taken = {subject: claim for (name, subject), claim in held.items() if name == kind.name}
    if filters.whose == MINE:
        mine = [subject for subject, claim in taken.items() if claim.claimed_by_id == user.pk]
        found = found.filter(subject__in=mine)
    elif filters.whose == FREE:
        found = found.exclude(subject__in=list(taken))
    named: QuerySet[Any, Any] = found.annotate(kind_name=Value(kind.name, output_field=CharField()))
    return named.values_list("kind_name", "subject", "due_at")


def _lines(
    keys: Sequence[tuple[str, int, datetime]], held: Held, *, user: User, at: datetime
) -> list[Line]:
    """Read the rows of a page kind by kind; what was judged in between is left out."""
    rows: dict[tuple[str, int], Row] = {}
    for name in {name for name, _subject, _due_at in keys}:
        subjects = [subject for each, subject, _due_at in keys if each == name]
        rows |= {(name, row.subject): row for row in KINDS[name].rows(subjects)}
    ordered = [rows[name, subject] for name, subject, _due in keys if (name, subject) in rows]
    return [
        line_of(row, claim=held.get((row.kind, row.subject)), user=user, at=at) for row in ordered
    ]
