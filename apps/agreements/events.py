"""What is told of agreements."""

from dataclasses import dataclass
from datetime import date

from apps.common.outbox import Code, Event


@dataclass(frozen=True, kw_only=True)
class AgreementEvent(Event):
    """Something happened to an agreement, known by its number."""

    subject_kind = "agreement"

    number: Code


@dataclass(frozen=True, kw_only=True)
class AgreementIssued(AgreementEvent):
    """It is printed and waits to be signed."""

    name = "agreement.issued"


@dataclass(frozen=True, kw_only=True)
class AgreementActivated(AgreementEvent):
    """Both sides have signed, and it is in force."""

    name = "agreement.activated"


@dataclass(frozen=True, kw_only=True)
class AgreementExpiring(AgreementEvent):
    """It ends soon."""

    name = "agreement.expiring"

    ends_on: date
    days: int


@dataclass(frozen=True, kw_only=True)
class AgreementExpired(AgreementEvent):
    """It has ended by its date."""

    name = "agreement.expired"


@dataclass(frozen=True, kw_only=True)
class AgreementTerminated(AgreementEvent):
    """It was ended before its time."""

    name = "agreement.terminated"


@dataclass(frozen=True, kw_only=True)
class AgreementSuperseded(AgreementEvent):
    """Its renewal has taken its place."""

    name = "agreement.superseded"

    renewal: Code
