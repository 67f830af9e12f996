"""What the pages of signatures show: rows of the list, rounds, and what may be done now.

Nothing is decided here: the services decide. These tell a page what it would be in vain to offer.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from apps.common.clock import local_date
from apps.reviews.choices import RoundStatus
from apps.reviews.reasons import Reason
from apps.reviews.rules import WARNING_DAYS
from apps.signatures.choices import (
    EDITABLE,
    NEXT_SIGNATURE_STATUS,
    RENEWABLE,
    RegisteringOperator,
    RegistrationStatus,
    SignatureStatus,
)
from apps.signatures.models import (
    AuthorisationLetter,
    OperatorRegistration,
    ProofDocument,
    Round,
    Signature,
)
from apps.signatures.reasons import REASONS
from apps.users.models import User

SOON = timedelta(days=max(WARNING_DAYS))


@dataclass(frozen=True, kw_only=True, slots=True)
class Ending:
    """A day on which something ends, as seen from today; None for something without an end."""

    on: date | None
    today: date

    @property
    def has_ended(self) -> bool:
        """Whether the day has come."""
        return self.on is not None and self.on <= self.today

    @property
    def is_soon(self) -> bool:
        """Whether the day is so near that it is warned of."""
        return self.on is not None and not self.has_ended and self.on - self.today <= SOON

    @property
    def days_left(self) -> int:
        """How many days it holds yet."""
        return (self.on - self.today).days if self.on else 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A signature with what its state means for the reader at a moment."""

    signature: Signature
    at: datetime

    @property
    def pk(self) -> int:
        """The signature's own key, by which lists are paged."""
        return self.signature.pk

    @property
    def ending(self) -> Ending:
        """When its papers prove it no longer."""
        return Ending(on=self.signature.holds_until, today=local_date(self.at))

    @property
    def waits(self) -> bool:
        """Whether an application of it waits to be judged."""
        return self.signature.due_at is not None

    @property
    def holds(self) -> bool:
        """Whether it was approved once and is not over."""
        return self.signature.status in RENEWABLE

    @property
    def is_renewing(self) -> bool:
        """Whether what waits to be judged is a renewal."""
        return self.waits and self.holds

    @property
    def may_be_edited(self) -> bool:
        """Whether the applicant may work on it."""
        return self.signature.status in EDITABLE and not self.waits

    @property
    def may_be_default(self) -> bool:
        """Whether it may become what sends without a named signature use."""
        return self.signature.status == SignatureStatus.APPROVED and not self.signature.is_default

    @property
    def may_be_given_up(self) -> bool:
        """Whether it is not over yet."""
        status = SignatureStatus(self.signature.status)
        return SignatureStatus.ABANDONED in NEXT_SIGNATURE_STATUS[status]


@dataclass(frozen=True, kw_only=True, slots=True)
class SignatureFilter:
    """What a list of signatures was narrowed to."""

    text: str = ""
    status: str = ""
    account: int | None = None
    before: int | None = None


def newest_signatures(user: User, narrowed: SignatureFilter) -> QuerySet[Signature]:
    """Return the person's signatures, newest first, with all that a row shows."""
    rows = Signature.objects.visible_to(user).select_related("account__customer", "letter")
    if narrowed.text:
        rows = rows.filter(
            Q(text__icontains=narrowed.text) | Q(company_name__icontains=narrowed.text)
        )
    if narrowed.status:
        rows = rows.filter(status=narrowed.status)
    if narrowed.account:
        rows = rows.filter(account=narrowed.account)
    if narrowed.before:
        rows = rows.filter(pk__lt=narrowed.before)
    return rows.order_by("-pk")


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownRound:
    """A submission with what became of it, as its applicant reads it."""

    round: Round
    mends: list[Reason]
    proofs: list[ProofDocument]

    @property
    def submitted_by(self) -> str:
        """Who handed it in; their software where nobody did by hand."""
        person = self.round.submitted_by
        return (person.get_full_name() or person.username) if person else "API"


def rounds_of(signature: Signature) -> list[ShownRound]:
    """Return the submissions of a signature, the newest first."""
    rows = signature.rounds.select_related("submitted_by", "letter").prefetch_related("proofs")
    return [
        ShownRound(
            round=each,
            mends=REASONS.of(each.reasons),
            proofs=sorted(each.proofs.all(), key=lambda proof: proof.pk),
        )
        for each in rows.order_by("-submitted_at", "-pk")
    ]


def refusal_of(signature: Signature) -> Round | None:
    """Return the round that was refused last, unless something was handed in or decided since."""
    last = signature.rounds.order_by("-pk").first()
    return last if last is not None and last.status == RoundStatus.REJECTED else None


def registrations_of(signature: Signature) -> list[OperatorRegistration]:
    """Return how far the registration with each operator is; what has no row was not filed."""
    known = {row.operator: row for row in signature.registrations.order_by("pk")}
    return [
        known.get(operator)
        or OperatorRegistration(
            signature=signature, operator=operator, status=RegistrationStatus.NOT_FILED
        )
        for operator in RegisteringOperator
    ]


def letters_to_choose(user: User, *, chosen: int | None = None) -> QuerySet[AuthorisationLetter]:
    """Return the letters that an application may name, and the one that it names already."""
    over = {AuthorisationLetter.Status.REVOKED, AuthorisationLetter.Status.EXPIRED}
    letters = AuthorisationLetter.objects.visible_to(user)
    return letters.filter(~Q(status__in=over) | Q(pk=chosen)).order_by("-pk")
