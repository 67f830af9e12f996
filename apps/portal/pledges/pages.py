"""What the pages of pledges show: where one stands, its rounds, and what may be done now.

Nothing is decided here: the services decide. These tell a page what it would be in vain to offer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from apps.common.clock import local_date
from apps.partners.choices import CustomerStatus
from apps.partners.models import Customer
from apps.pledges.choices import EDITABLE, HELD, REASONS, PledgeStatus
from apps.pledges.models import Pledge, PledgeRound
from apps.pledges.services.kinds import PLEDGES
from apps.pledges.services.printing import OF_CUSTOMER
from apps.portal.terms import Term
from apps.reviews import timing
from apps.reviews.reasons import Reason
from apps.reviews.rules import WARNING_DAYS

SOON = timedelta(days=max(WARNING_DAYS))


def blanks_of(customer: Customer) -> list[str]:
    """Return by name which of the customer's particulars the form prints and are not there yet."""
    fields = (customer._meta.get_field(name) for name in OF_CUSTOMER)
    return [
        str(getattr(field, "verbose_name", ""))
        for field in fields
        if not getattr(customer, field.name)
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownPledge:
    """A pledge with what its state means for the reader at a moment."""

    pledge: Pledge
    at: datetime

    @property
    def term(self) -> Term:
        """The days on which it holds, once it was approved."""
        return Term(
            begins=self.pledge.valid_from,
            ends=self.pledge.valid_until,
            today=local_date(self.at),
            soon=SOON,
        )

    @property
    def holds(self) -> bool:
        """Whether the customer's accounts may send by it today."""
        return self.pledge.status == PledgeStatus.APPROVED and self.term.is_running

    @property
    def ends_soon(self) -> bool:
        """Whether it holds, and its end is warned of."""
        return self.holds and self.term.is_soon

    @property
    def may_be_edited(self) -> bool:
        """Whether the partner works on it."""
        return self.pledge.status in EDITABLE

    @property
    def waits(self) -> bool:
        """Whether it waits to be judged."""
        return self.pledge.status == PledgeStatus.SUBMITTED

    @property
    def is_refused(self) -> bool:
        """Whether it was refused and not handed in since."""
        return self.pledge.status == PledgeStatus.REJECTED

    @property
    def may_be_renewed(self) -> bool:
        """Whether another may follow it."""
        is_served = self.pledge.customer.status == CustomerStatus.ACTIVE
        return self.pledge.status in HELD and is_served

    @property
    def mends(self) -> list[Reason]:
        """Why it was refused, and what to do about it."""
        return REASONS.of(self.pledge.reasons)

    @property
    def blanks(self) -> list[str]:
        """What of the customer is asked for before the form can be printed."""
        return blanks_of(self.pledge.customer)

    @property
    def is_outdated(self) -> bool:
        """Whether the customer was changed after the form was printed."""
        printed = self.pledge.particulars
        now = {name: getattr(self.pledge.customer, name) for name in OF_CUSTOMER}
        return bool(printed) and any(printed.get(name) != value for name, value in now.items())

    @property
    def urged_from(self) -> datetime | None:
        """From when on the reviewers may be reminded of it."""
        opened = PLEDGES.waiting_round(self.pledge)
        return timing.earliest_urge(opened) if opened else None

    @property
    def may_be_urged(self) -> bool:
        """Whether the reviewers may be reminded now."""
        return self.urged_from is not None and self.urged_from <= self.at


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownRound:
    """A submission with what became of it."""

    round: PledgeRound
    mends: list[Reason]


def rounds_of(pledge: Pledge) -> list[ShownRound]:
    """Return the submissions of a pledge, the newest first."""
    rows = pledge.rounds.select_related("submitted_by").order_by("-number", "-pk")
    return [ShownRound(round=each, mends=REASONS.of(each.reasons)) for each in rows]
