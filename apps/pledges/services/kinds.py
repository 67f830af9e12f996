"""Security pledges as a kind of `reviews`: what judging one asks, keeps and does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from apps.common import uploads
from apps.common.clock import local_date
from apps.common.errors import ConflictError, InvalidError
from apps.partners.models import Customer
from apps.partners.services import customers
from apps.pledges import locks, rules
from apps.pledges.choices import NEXT_PLEDGE_STATUS, REASONS, PledgeStatus
from apps.pledges.events import PledgeEvent
from apps.pledges.models import Pledge, PledgeRound
from apps.pledges.services import news, printing
from apps.reviews.errors import (
    Errors,
    OwnApplicationError,
    ReasonMissingError,
    UrgedLatelyError,
    WrongStateError,
    coded,
)
from apps.reviews.kinds import End, Kind, register


class PledgeStateError(WrongStateError):
    """The pledge's state does not allow this step."""

    code = "pledge_wrong_state"
    message = _("The pledge of %(customer)s is %(status)s, which does not allow this.")


class PledgePeriodError(InvalidError):
    """It would end before it begins, or has ended already."""

    code = "pledge_period_invalid"
    message = _("A pledge holds for at least one day from now on: choose a later end.")
    cure = _("Choose an end after the start.")


class PledgeCopyMissingError(InvalidError):
    """It cannot be judged without the signed and stamped copy."""

    code = "pledge_copy_missing"
    message = _("Add the signed and stamped copy first.")
    cure = uploads.SCAN


class PledgeFormOutdatedError(ConflictError):
    """The customer's particulars are not those on the paper any more."""

    code = "pledge_form_outdated"
    message = _("What the form says was changed after it was printed. Print and sign it anew.")
    cure = _("Print the form anew, sign and stamp it, and upload the scan.")


PledgeReasonMissingError = coded(
    ReasonMissingError, "PledgeReasonMissingError", "pledge_reason_missing"
)
OwnPledgeError = coded(OwnApplicationError, "OwnPledgeError", "pledge_own_filing")
PledgeUrgedError = coded(UrgedLatelyError, "PledgeUrgedError", "pledge_urged_lately")


@dataclass(frozen=True, kw_only=True, slots=True)
class Validity:
    """From when until before when a reviewer lets a pledge hold; None for the usual day."""

    valid_from: date | None = None
    valid_until: date | None = None


# The events of pledges by what happened.
EVENTS = {each.name.partition(".")[2]: each for each in PledgeEvent.__subclasses__()}


class Pledges(Kind[Pledge, PledgeRound]):
    """Pledges of partners' customers, signed and stamped; each renewal is another pledge."""

    name = "pledges"
    prefix = "ZR"
    model = Pledge
    round_model = PledgeRound
    subject = "pledge"
    steps = NEXT_PLEDGE_STATUS
    reasons = REASONS
    errors = Errors(
        state=PledgeStateError,
        own=OwnPledgeError,
        urged=PledgeUrgedError,
        reason=PledgeReasonMissingError,
    )
    entering = "fill"

    def lock(self, subject_id: int) -> Pledge:
        """Lock the pledge."""
        return locks.pledge(subject_id)

    def title(self, subject: Pledge) -> str:
        """Name the customer."""
        return subject.customer.name

    def words(self, subject: Pledge) -> dict[str, Any]:
        """Name the customer."""
        return {"title": self.title(subject), "customer": subject.customer.name}

    def is_renewal(self, subject: Pledge) -> bool:
        """Tell whether it follows another one."""
        return subject.renews_id is not None

    def check_complete(self, subject: Pledge, *, at: datetime) -> None:  # noqa: ARG002
        """Refuse one of a closed customer, without its copy, or printed before a change.

        Raises:
            CustomerStateError: the customer is closed.
            PledgeCopyMissingError: the signed copy is missing.
            PledgeFormOutdatedError: the customer's particulars changed after it was printed.
        """
        customers.check_active(subject.customer)
        if not subject.signed_copy:
            raise PledgeCopyMissingError
        if subject.particulars != printing.particulars_of(subject):
            raise PledgeFormOutdatedError

    def contents(self, subject: Pledge) -> dict[str, Any]:
        """Keep what was printed, and the signed copy."""
        return {
            "particulars": subject.particulars,
            "form": subject.form.name,
            "form_sha256": subject.form_sha256,
            "signed_copy": subject.signed_copy.name,
            "content_type": subject.content_type,
            "sha256": subject.sha256,
        }

    def new_order_number(self, subject: Pledge, *, at: datetime) -> str:  # noqa: ARG002
        """Return the number that the pledge was begun under and printed with."""
        return subject.number

    def take_effect(
        self,
        subject: Pledge,
        opened: PledgeRound,  # noqa: ARG002
        *,
        terms: Validity | None,
        at: datetime,
    ) -> None:
        """Let the customer's accounts send within its validity.

        By default it holds from today on (Asia/Shanghai) for a year, a renewal until a year after
        the end of the one that runs; `valid_until` is the first day on which it no longer holds.

        Raises:
            CustomerStateError: the customer is closed.
            PledgePeriodError: the end is not after the start, or not after today.
        """
        customers.check_active(subject.customer)
        today, chosen = local_date(at), terms or Validity()
        default_from, default_until = default_validity(subject.customer, today)
        subject.valid_from = chosen.valid_from or default_from
        subject.valid_until = chosen.valid_until or default_until
        if subject.valid_until <= max(subject.valid_from, today):
            raise PledgePeriodError
        subject.status = PledgeStatus.APPROVED

    def tell(self, verb: str, subject: Pledge, *, at: datetime, **facts: Any) -> None:
        """Publish `pledge.<verb>`."""
        news.tell(EVENTS[verb], subject, at, **facts)

    def approval_facts(self, subject: Pledge) -> dict[str, Any]:
        """Say from when until before when it holds."""
        return {"valid_from": subject.valid_from, "valid_until": subject.valid_until}

    def end(self, subject: Pledge, *, at: datetime) -> None:
        """Keep when it ended."""
        subject.ended_at = at

    def ends_of(self, subject: Pledge) -> Sequence[End]:
        """Return its end, unless a renewal is approved that goes on without a gap."""
        until = subject.valid_until
        if until is None:
            return []
        later = Pledge.objects.filter(
            customer=subject.customer_id,
            status=PledgeStatus.APPROVED,
            valid_from__lte=until,
            valid_until__gt=until,
        )
        return [] if later.exists() else [End(what="pledge", ends_on=until, facts={})]


def default_validity(customer: Customer, today: date) -> tuple[date, date]:
    """Return from when until before when a pledge of `customer` approved today would hold."""
    running = Pledge.objects.in_force_on(today).filter(customer=customer)
    running_until: date | None = running.aggregate(end=Max("valid_until"))["end"]
    return rules.default_validity(today, running_until)


PLEDGES = register(Pledges())
