"""What the queue and the judging page show of an application, and what a kind has to answer."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.db.models import F, Field, Model, Q, QuerySet
from django.utils.functional import Promise

from apps.audit import separations
from apps.audit.actors import Actor
from apps.audit.separations import Hands, Judgement
from apps.partners.models import Partner
from apps.reviews import kinds as reviews
from apps.reviews.choices import RoundStatus
from apps.reviews.models import Round
from apps.reviews.reasons import Reason

Text = Promise | str


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """An application that waits, as a line of the queue.

    Attributes:
        kind: the name of its `Kind`.
        subject: under which it is claimed and judged.
        detail: who it is for.
        attempt: how often it was handed in, this time included.
    """

    kind: str
    subject: int
    title: str
    detail: str
    partner_id: int
    partner: str
    order_number: str
    attempt: int = 1
    is_renewal: bool = False
    submitted_at: datetime
    submitted_by: str
    due_at: datetime
    urge_count: int = 0

    @property
    def key(self) -> str:
        """What names it among all kinds."""
        return f"{self.kind}-{self.subject}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """Something that the applicant states; `earlier` is what stood there at the last submission."""

    label: str
    values: tuple[str, ...]
    earlier: tuple[str, ...] | None = None

    @property
    def is_changed(self) -> bool:
        """Whether it reads otherwise than last time."""
        return self.earlier is not None and self.earlier != self.values


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A document to look at: a row of a kind of `backoffice.files`."""

    kind: str
    pk: int
    label: str
    valid_until: date | None = None
    is_new: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Requirement:
    """A paper that must be there, or one of several."""

    label: str
    is_met: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Noticed:
    """Something that the machine noticed: evidence, with which nothing is refused by itself."""

    code: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """Something that was decided earlier.

    Attributes:
        likeness: to the application at hand, 0 to 100, where that is known.
        note: what else links the two.
    """

    title: str
    partner: str
    status: str
    status_label: str
    at: datetime | None
    by: str
    reasons: tuple[str, ...] = ()
    remark: str = ""
    likeness: int | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """How an applicant's earlier applications ended, and the newest of them."""

    approved_count: int
    rejected_count: int
    newest: tuple[Decision, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Application:
    """All that a reviewer sees of an application that waits.

    Attributes:
        version: names what was handed in; another one is another submission.
        sameness: what has to be equal for several to be approved at once, by its name.
        effect: what approving does, in a sentence.
        hands: who did what of it before; the table of separations says who may not judge it.
        address: of the admin's page about it.
        history_address: of its history.
    """

    row: Row
    version: str
    facts: tuple[Fact, ...]
    papers: tuple[Paper, ...]
    requirements: tuple[Requirement, ...] = ()
    noticed: tuple[Noticed, ...] = ()
    earlier: tuple[Decision, ...] = ()
    record: Record
    similar: tuple[Decision, ...] = ()
    sameness: dict[str, object] = field(default_factory=dict)
    effect: str
    hands: Hands
    address: str
    history_address: str

    def judgement(self, by: Actor) -> Judgement:
        """Return what keeps `by` from judging it; the kind's service asks the same table."""
        return separations.judge(f"{self.row.kind}.approve", by=by, hands=self.hands)


class Kind(ABC):
    """What the pages show of one kind of application.

    Attributes:
        review: the kind as `reviews` judges it; its name stands in addresses.
        searched: the columns of a round, and of what it is about, by which one is found.
        read: returns the rounds that wait, the first due first, with all that a line shows.
    """

    review: ClassVar[reviews.Kind[Any, Any]]
    label: ClassVar[Text]
    view_permission: ClassVar[str]
    judge_permission: ClassVar[str]
    searched: ClassVar[tuple[str, ...]]
    read: ClassVar[Callable[..., QuerySet[Any]]]

    @property
    def name(self) -> str:
        """The queue that it is claimed under."""
        return self.review.name

    @property
    def reasons(self) -> Sequence[Reason]:
        """Why one may be refused."""
        return self.review.reasons.offered

    @abstractmethod
    def row(self, opened: Any) -> Row:
        """Return a round that waits as a line of the queue."""

    @abstractmethod
    def seen(self, opened: Any) -> Application:
        """Return a round that waits with all that bears on it."""

    def waiting(self, words: str = "") -> QuerySet[Any]:
        """Return what waits, in no order, with its `subject` and `due_at`.

        Args:
            words: keep what has these in one of the columns that are searched.
        """
        found = self.review.round_model.objects.filter(status=RoundStatus.WAITING)
        named = [Q(**{f"{column}__icontains": words}) for column in self.searched]
        narrowed = found.filter(reduce(or_, named)) if words else found
        annotated: QuerySet[Any] = narrowed.annotate(subject=F(self.review.subject))
        return annotated

    def rows(self, subjects: Collection[int]) -> list[Row]:
        """Return the lines of those that wait, in as many queries for two as for twenty."""
        found = self.read().filter(**{f"{self.review.subject}__in": subjects})
        return [self.row(each) for each in found]

    def application(self, subject: int) -> Application | None:
        """Return all about one that waits; None where nothing waits."""
        opened = self.read().filter(**{self.review.subject: subject}).first()
        return self.seen(opened) if opened else None

    def outcome(self, subject: int) -> str | None:
        """Say how one stands that waits no longer; None where there never was one."""
        found = self.review.model.objects.filter(pk=subject).first()
        return f"{found} · {found.get_status_display()}" if found else None


def compared(
    facts: Sequence[tuple[str, tuple[str, ...]]],
    earlier: Sequence[tuple[str, tuple[str, ...]]] | None,
) -> tuple[Fact, ...]:
    """Lay what is stated now beside what was stated at the last submission, empty lines left out."""
    before = dict(earlier) if earlier is not None else None
    found = [
        Fact(label=label, values=values, earlier=before.get(label, ()) if before else None)
        for label, values in facts
    ]
    return tuple(fact for fact in found if fact.values or fact.is_changed)


def stated(value: object) -> tuple[str, ...]:
    """Return a stated value as the lines that are shown; none for what was left empty."""
    if isinstance(value, (list, tuple)):
        return tuple(str(each) for each in value)
    return (str(value),) if value not in {None, ""} else ()


def record_of(counts: Mapping[str, int], newest: Iterable[Decision]) -> Record:
    """Return how many were approved and rejected, by the states of rounds, and the newest."""
    return Record(
        approved_count=counts.get(RoundStatus.APPROVED, 0),
        rejected_count=counts.get(RoundStatus.REJECTED, 0),
        newest=tuple(newest),
    )


def decision_of(
    judged: Round,
    kind: Kind,
    *,
    title: str,
    partner: str,
    likeness: int | None = None,
    note: str = "",
) -> Decision:
    """Return what was decided of a round."""
    return Decision(
        title=title,
        partner=partner,
        status=judged.status,
        status_label=judged.get_status_display(),
        at=judged.judged_at,
        by=judged.judged_by.display_name if judged.judged_by else "",
        reasons=tuple(kind.review.reasons.labels(judged.reasons)),
        remark=judged.remark,
        likeness=likeness,
        note=note,
    )


def row_of(
    opened: Round, kind: Kind, subject: int, *, title: str, detail: str, partner: Partner
) -> Row:
    """Return a round that waits as a line of the queue."""
    return Row(
        kind=kind.name,
        subject=subject,
        title=title,
        detail=detail,
        partner_id=partner.pk,
        partner=partner.name,
        order_number=opened.order_number,
        attempt=opened.number,
        is_renewal=opened.is_renewal,
        submitted_at=opened.submitted_at,
        submitted_by=opened.submitted_by.display_name if opened.submitted_by else "",
        due_at=opened.due_at,
        urge_count=opened.urge_count,
    )


def label_of(model: type[Model], name: str) -> str:
    """Return what a column is called on forms."""
    field = model._meta.get_field(name)
    assert isinstance(field, Field)  # noqa: S101 - never asked for relations from elsewhere
    return str(field.verbose_name)
