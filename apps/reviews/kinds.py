"""The kinds of application: what each answers, and the register of them.

A kind is one class in the app whose table it is about, registered where that app's services are:

    LETTERS = register(Letters())

What happens to an application is the same for all and stands in `reviews.services`; a kind says
what is asked of it, what is kept of it, and what approving it does.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import QuerySet

from apps.audit import separations
from apps.audit.actors import Actor
from apps.audit.separations import Hands
from apps.reviews import numbers
from apps.reviews.choices import RoundStatus
from apps.reviews.errors import Errors, WrongStateError
from apps.reviews.models import Application, Round
from apps.reviews.reasons import Reasons
from apps.reviews.rules import WARNING_DAYS, says_why

S = TypeVar("S", bound=Application)
R = TypeVar("R", bound=Round)


@dataclass(frozen=True, kw_only=True, slots=True)
class End:
    """A day on which something that an application hangs on ends; `what` names it, also later."""

    what: str
    ends_on: date
    facts: Mapping[str, Any]


class Kind(ABC, Generic[S, R]):
    """One kind of application.

    Attributes:
        name: the queue under which it is claimed; its acts are called `<name>.<verb>`.
        prefix: what its work-order numbers begin with.
        model: what is judged.
        round_model: its rounds; `subject` is their foreign key to it.
        steps: for each state the states that may follow.
        reasons: why one is refused.
        errors: the classes it raises.
        entering: the verb by which one is entered.
        ends_by: the column with the day from which one holds no longer.
        warned_in: the states in which that day is announced.
    """

    name: ClassVar[str]
    prefix: ClassVar[str]
    model: type[S]
    round_model: type[R]
    subject: ClassVar[str]
    steps: ClassVar[Mapping[Any, frozenset[Any]]]
    reasons: ClassVar[Reasons]
    errors: ClassVar[Errors] = Errors()
    entering: ClassVar[str] = "draft"
    ends_by: ClassVar[str] = "valid_until"
    warned_in: ClassVar[frozenset[str]] = frozenset({"APPROVED"})

    # What every kind answers.

    @abstractmethod
    def lock(self, subject_id: int) -> S:
        """Lock and return one, in the order of its app.

        Raises:
            NotFoundError: no such application.
        """

    @abstractmethod
    def check_complete(self, subject: S, *, at: datetime) -> None:
        """Refuse what cannot be judged as it stands.

        Raises:
            DomainError: of the kind.
        """

    @abstractmethod
    def contents(self, subject: S) -> dict[str, Any]:
        """Return what a round keeps of what is handed in, by its columns."""

    @abstractmethod
    def take_effect(self, subject: S, opened: R, *, terms: Any, at: datetime) -> None:
        """Write into a locked application that it is approved; the caller saves it.

        Args:
            subject: the application.
            opened: the round that is approved.
            terms: what the reviewer chose, where the kind lets choose; None for the usual.
            at: now.

        Raises:
            DomainError: it cannot be approved any more.
        """

    @abstractmethod
    def tell(self, verb: str, subject: S, *, at: datetime, **facts: Any) -> None:
        """Publish what happened, inside the caller's transaction."""

    # What a kind may answer otherwise.

    def lock_to_judge(self, subject_id: int) -> S:
        """Lock one with all that approving it reads."""
        return self.lock(subject_id)

    def hands_on(self, subject: S) -> Hands:
        """Return who did what of it, for the table of separations."""
        return {
            f"{self.name}.{self.entering}": [subject.entered_by_id],
            f"{self.name}.submit": self.rounds_of(subject).values_list("submitted_by", flat=True),
        }

    def title(self, subject: S) -> str:
        """Name it in a sentence."""
        return str(subject)

    def words(self, subject: S) -> dict[str, Any]:
        """Return what the messages of its errors name."""
        return {"title": self.title(subject)}

    def may_be_handed_in(self, subject: S) -> bool:
        """Tell whether the applicant works on it, or may renew it."""
        return self.can_become(subject, "SUBMITTED")

    def is_renewal(self, subject: S) -> bool:  # noqa: ARG002 - few kinds are renewed
        """Tell whether what is handed in goes on with something that holds or held."""
        return False

    def new_order_number(self, subject: S, *, at: datetime) -> str:  # noqa: ARG002
        """Return the number of the work order that begins."""
        return numbers.next_number(self.prefix, at)

    def keep_papers(self, subject: S, opened: R) -> None:
        """Keep papers that are rows of their own with a new round."""

    def round_facts(self, told: R) -> dict[str, Any]:  # noqa: ARG002
        """Return what the events of a submission and of its refusal say besides."""
        return {}

    def told_verb(self, subject: S, opened: R) -> str:  # noqa: ARG002
        """Return the event of an approval."""
        return "approved"

    def approval_facts(self, subject: S) -> dict[str, Any]:  # noqa: ARG002
        """Return what the event of an approval says besides."""
        return {}

    def tell_rejected(self, subject: S, judged: R, *, at: datetime) -> None:
        """Publish a refusal with its codes."""
        facts = self.round_facts(judged)
        reasons = tuple(judged.reasons)
        self.tell("rejected", subject, at=at, reasons=reasons, remark=judged.remark, **facts)

    def tell_ending(self, subject: S, end: End, *, days_left: int, at: datetime) -> None:
        """Publish that an end comes near."""
        self.tell("expiring", subject, at=at, valid_until=end.ends_on, days=days_left, **end.facts)

    def end(self, subject: S, *, at: datetime) -> None:
        """Write into one that stops holding what else that means; the caller saves it."""

    def after_end(self, subject: S, *, at: datetime) -> None:
        """Stop what hangs on one that was revoked."""

    def why_ended(self, subject: S, today: date) -> str:  # noqa: ARG002
        """Say why one expires, in the language of the portal; empty where its day says it."""
        return ""

    def ends_of(self, subject: S) -> Sequence[End]:  # noqa: ARG002
        """Return the ends that are announced, the earliest first."""
        return []

    # What follows from the answers.

    def rounds_of(self, subject: S) -> QuerySet[R]:
        """Return the rounds of one."""
        return self.round_model.objects.filter(**{self.subject: subject})

    def waiting_round(self, subject: S) -> R | None:
        """Return the round that waits to be judged; None where none does."""
        return self.rounds_of(subject).filter(status=RoundStatus.WAITING).first()

    def open_round(self, subject: S) -> R:
        """Return the round that waits to be judged.

        Raises:
            WrongStateError: none does.
        """
        found = self.waiting_round(subject)
        if found is None:
            raise self.wrong_state(subject)
        return found

    def can_become(self, subject: S, status: str) -> bool:
        """Tell whether the table of states has that step."""
        return status in self.steps[subject.status]

    def check_step(self, subject: S, status: str) -> None:
        """Refuse a step that the table of states does not have.

        Raises:
            WrongStateError: it has not.
        """
        if not self.can_become(subject, status):
            raise self.wrong_state(subject)

    def wrong_state(self, subject: S) -> WrongStateError:
        """Return the error that names the application and its state."""
        status = subject.get_status_display()
        return self.errors.state(**self.words(subject), status=status)

    def check_person(self, verb: str, subject: S, by: Actor) -> tuple[str, ...]:
        """Refuse whoever entered it; return the names of the relaxed rows it is done by.

        Raises:
            OwnApplicationError: `by` had a hand in it.
        """
        act = f"{self.name}.{verb}"
        errors = dict.fromkeys((row.name for row in separations.of_act(act)), self.errors.own)
        return separations.check(act, by=by, hands=self.hands_on(subject), errors=errors)

    def check_reason(self, reason: str) -> None:
        """Refuse an empty reason.

        Raises:
            ReasonMissingError: it is empty.
        """
        if not reason.strip():
            raise self.errors.reason

    def checked_reasons(self, codes: Sequence[str], remark: str) -> list[str]:
        """Return the codes of a refusal, each once.

        Raises:
            ReasonMissingError: none, or `OTHER` without words.
        """
        found = [each.code for each in self.reasons.of(codes)]
        if not says_why(found, remark):
            raise self.errors.reason
        return found

    def end_of(self, subject: S) -> date | None:
        """Return the day from which one holds no longer."""
        found: date | None = getattr(subject, self.ends_by)
        return found

    def list_ended(self, today: date) -> list[int]:
        """Return the ids of the approved ones that have ended and do not say so yet."""
        rows = self.model.objects.filter(status="APPROVED", **{f"{self.ends_by}__lte": today})
        return list(rows.order_by("pk").values_list("pk", flat=True))

    def list_ending(self, today: date) -> list[int]:
        """Return the ids of those of which an end is to be announced, or was."""
        last = today + timedelta(days=max(WARNING_DAYS))
        rows = self.model.objects.filter(
            status__in=self.warned_in,
            **{f"{self.ends_by}__gt": today, f"{self.ends_by}__lte": last},
        )
        return list(rows.order_by("pk").values_list("pk", flat=True))


KINDS: dict[str, Kind[Any, Any]] = {}

K = TypeVar("K", bound=Kind[Any, Any])


def register(kind: K) -> K:
    """Let the queue, the clock and the tests know a kind; return it."""
    KINDS[kind.name] = kind
    return kind
