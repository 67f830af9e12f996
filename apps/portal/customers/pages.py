"""What the pages of customers show: rows of the list, each with its pledge and until when it holds."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from apps.common.clock import local_date
from apps.partners.choices import CustomerStatus
from apps.partners.models import Customer
from apps.pledges.choices import EDITABLE, OPEN, PledgeStatus
from apps.pledges.models import Pledge
from apps.portal.pledges.pages import ShownPledge
from apps.users.models import User


class PledgeState(TextChoices):
    """What a list of customers can be narrowed to by their pledges."""

    HELD = "HELD", _("In force")
    MISSING = "MISSING", _("None in force")
    WAITING = "WAITING", _("Waiting to be judged")
    UNFINISHED = "UNFINISHED", _("To be finished or mended")


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownCustomer:
    """A customer with its pledges, which were read together with it."""

    customer: Customer
    at: datetime

    @property
    def pk(self) -> int:
        """The customer's own key, by which lists are paged."""
        return self.customer.pk

    @property
    def is_closed(self) -> bool:
        """Whether the partner serves it no longer."""
        return self.customer.status == CustomerStatus.CLOSED

    @property
    def pledges(self) -> list[ShownPledge]:
        """All of its pledges, the newest first."""
        return [ShownPledge(pledge=each, at=self.at) for each in self.customer.pledges.all()]

    @property
    def in_force(self) -> ShownPledge | None:
        """The pledge by which its accounts may send, the one that holds longest."""
        held = [each for each in self.pledges if each.holds]
        return max(held, key=lambda each: (each.term.days_left, each.pledge.pk), default=None)

    @property
    def open(self) -> ShownPledge | None:
        """The pledge that is worked on or waits to be judged."""
        return next((each for each in self.pledges if each.pledge.status in OPEN), None)

    @property
    def last_held(self) -> ShownPledge | None:
        """The one in force, or the last that was approved: the one to be renewed."""
        approved = (each for each in self.pledges if each.pledge.valid_until)
        return self.in_force or next(approved, None)

    @property
    def may_begin(self) -> bool:
        """Whether a first pledge may be begun: renewing is done from the one that held."""
        return not self.is_closed and not self.open and not self.last_held


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerFilter:
    """What a list of customers was narrowed to."""

    text: str = ""
    status: str = ""
    pledge: str = ""
    before: int | None = None


def with_pledges(customers: QuerySet[Customer]) -> QuerySet[Customer]:
    """Read each customer's pledges with it, the newest first."""
    pledges = Pledge.objects.select_related("customer").order_by("-pk")
    return customers.prefetch_related(Prefetch("pledges", pledges))


def newest_customers(user: User, narrowed: CustomerFilter, *, at: datetime) -> QuerySet[Customer]:
    """Return the person's customers, newest first, with all that a row shows."""
    rows: QuerySet[Customer] = Customer.objects.visible_to(user).matching(narrowed.text)
    if narrowed.status:
        rows = rows.filter(status=narrowed.status)
    if narrowed.pledge:
        rows = _by_pledge(rows, PledgeState(narrowed.pledge), at)
    if narrowed.before:
        rows = rows.filter(pk__lt=narrowed.before)
    return with_pledges(rows.annotate(account_count=Count("accounts"))).order_by("-pk")


def _by_pledge(rows: QuerySet[Customer], state: PledgeState, at: datetime) -> QuerySet[Customer]:
    of_customer = partial(Pledge.objects.filter, customer=OuterRef("pk"))
    held = Exists(Pledge.objects.in_force_on(local_date(at)).filter(customer=OuterRef("pk")))
    if state is PledgeState.HELD:
        return rows.filter(held)
    if state is PledgeState.MISSING:
        return rows.filter(~held)
    if state is PledgeState.WAITING:
        return rows.filter(Exists(of_customer(status=PledgeStatus.SUBMITTED)))
    return rows.filter(Exists(of_customer(status__in=EDITABLE)))
