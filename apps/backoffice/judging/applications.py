"""What the queue and the judging page show of an application, and what a kind has to answer."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from django.db.models import Field, Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext

from apps.audit import separations
from apps.audit.actors import Actor
from apps.audit.separations import Hands, Judgement

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """A coded reason for a refusal, and what the partner is told to do about it."""

    code: str
    label: Text
    remedy: Text


class Kind(ABC):
    """One kind of application: where it waits, what is seen of it, and how it is decided.

    `name` is the queue that its services claim under, and stands in addresses.
    """

    name: ClassVar[str]
    label: ClassVar[Text]
    view_permission: ClassVar[str]
    judge_permission: ClassVar[str]
    reasons: ClassVar[Sequence[Reason]]

    @abstractmethod
    def waiting(self, words: str = "") -> QuerySet[Any]:
        """Return what waits, in no order, with its `subject` and `due_at`.

        Args:
            words: keep what has these in partner, name, account or work order.
        """

    @abstractmethod
    def rows(self, subjects: Collection[int]) -> list[Row]:
        """Return the lines of those that wait, in as many queries for two as for twenty."""

    @abstractmethod
    def application(self, subject: int) -> Application | None:
        """Return all about one that waits; None where nothing waits."""

    @abstractmethod
    def outcome(self, subject: int) -> str | None:
        """Say how one stands that waits no longer; None where there never was one."""

    @abstractmethod
    def lock(self, subject: int) -> str | None:
        """Lock it, in the order of its app, and return its version; None where nothing waits."""

    @abstractmethod
    def approve(self, subject: int, *, by: Actor, at: datetime) -> str:
        """Approve it, and say what happened.

        Raises:
            DomainError: what its service raises.
        """

    @abstractmethod
    def reject(
        self, subject: int, *, reasons: Sequence[str], remark: str, by: Actor, at: datetime
    ) -> str:
        """Refuse it with codes of `reasons`, and say what happened.

        Raises:
            DomainError: what its service raises.
        """


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


def label_of(model: type[Model], name: str) -> str:
    """Return what a column is called on forms."""
    field = model._meta.get_field(name)
    assert isinstance(field, Field)  # noqa: S101 - never asked for relations from elsewhere
    return str(field.verbose_name)


def approved_sentence(title: str) -> str:
    """Say that it was approved."""
    return gettext("%(application)s is approved.") % {"application": title}


def rejected_sentence(title: str) -> str:
    """Say that it was rejected."""
    return gettext("%(application)s is rejected.") % {"application": title}
