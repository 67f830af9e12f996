"""What is told of security pledges."""

from dataclasses import dataclass
from datetime import date

from apps.common.outbox import Code, Event, Written
from apps.pledges.choices import RejectionReason


@dataclass(frozen=True, kw_only=True)
class PledgeEvent(Event):
    """Something happened to the pledge of a customer."""

    subject_kind = "pledge"

    customer: Written
    number: Code


@dataclass(frozen=True, kw_only=True)
class PledgeSubmitted(PledgeEvent):
    """It waits to be judged."""

    name = "pledge.submitted"


@dataclass(frozen=True, kw_only=True)
class PledgeUrged(PledgeEvent):
    """The applicant asks for a decision."""

    name = "pledge.urged"

    urge_count: int


@dataclass(frozen=True, kw_only=True)
class PledgeApproved(PledgeEvent):
    """The customer's account may send with it; `valid_until` is the first day on which not."""

    name = "pledge.approved"

    valid_from: date
    valid_until: date


@dataclass(frozen=True, kw_only=True)
class PledgeRejected(PledgeEvent):
    """It is refused, and may be mended and handed in again."""

    name = "pledge.rejected"

    reasons: tuple[RejectionReason, ...]
    remark: Written


@dataclass(frozen=True, kw_only=True)
class PledgeRevoked(PledgeEvent):
    """It was taken back."""

    name = "pledge.revoked"

    reason: Written


@dataclass(frozen=True, kw_only=True)
class PledgeExpired(PledgeEvent):
    """It has ended by its date."""

    name = "pledge.expired"


@dataclass(frozen=True, kw_only=True)
class PledgeExpiring(PledgeEvent):
    """It ends soon; `valid_until` is the first day on which it no longer holds."""

    name = "pledge.expiring"

    valid_until: date
    days: int
