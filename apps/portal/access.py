"""Who gets which page of the portal: a partner's people, by their role there.

The decorator decides about the page; what stands on it comes from `visible_to(user)`, so that
another partner's things are not found rather than forbidden.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, TextChoices
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.notices.queries import unread_count_of
from apps.partners.choices import PartnerRole
from apps.partners.models import Membership, Partner
from apps.users.models import User


class Right(TextChoices):
    """What a role may see or do in the portal."""

    HOME = "HOME", _("Overview")
    MESSAGES = "MESSAGES", _("Messages")
    RECHARGES = "RECHARGES", _("Recharges")
    REPORT_PAYMENTS = "REPORT_PAYMENTS", _("Report payments")
    LEDGER = "LEDGER", _("Ledger")
    TRANSFERS = "TRANSFERS", _("Transfers")
    CALCULATOR = "CALCULATOR", _("Calculator")
    ALERTS = "ALERTS", _("Low-balance warnings")
    KEYS = "KEYS", _("API keys")
    ISSUE_KEYS = "ISSUE_KEYS", _("Issue API keys")
    SIGNATURES = "SIGNATURES", _("Signatures")
    WRITE_SIGNATURES = "WRITE_SIGNATURES", _("Apply for signatures")
    CUSTOMERS = "CUSTOMERS", _("Customers")
    WRITE_CUSTOMERS = "WRITE_CUSTOMERS", _("Enter customers and their pledges")
    AGREEMENTS = "AGREEMENTS", _("Agreements")
    SIGN_AGREEMENTS = "SIGN_AGREEMENTS", _("Hand in signed agreements")


RIGHTS: dict[PartnerRole, frozenset[Right]] = {
    PartnerRole.OWNER: frozenset(Right),
    PartnerRole.FINANCE: frozenset(
        {
            Right.HOME,
            Right.RECHARGES,
            Right.REPORT_PAYMENTS,
            Right.LEDGER,
            Right.TRANSFERS,
            Right.CALCULATOR,
            Right.ALERTS,
            Right.SIGNATURES,
            Right.CUSTOMERS,
            Right.AGREEMENTS,
        }
    ),
    PartnerRole.OPERATOR: frozenset(
        {
            Right.HOME,
            Right.MESSAGES,
            Right.KEYS,
            Right.SIGNATURES,
            Right.WRITE_SIGNATURES,
            Right.CUSTOMERS,
            Right.WRITE_CUSTOMERS,
        }
    ),
    PartnerRole.VIEWER: frozenset(
        {
            Right.HOME,
            Right.MESSAGES,
            Right.RECHARGES,
            Right.LEDGER,
            Right.CALCULATOR,
            Right.SIGNATURES,
            Right.CUSTOMERS,
            Right.AGREEMENTS,
        }
    ),
}

PAGES: dict[Right, str] = {
    Right.HOME: "portal:home",
    Right.MESSAGES: "portal:message-list",
    Right.SIGNATURES: "portal:signature-list",
    Right.CUSTOMERS: "portal:customer-list",
    Right.AGREEMENTS: "portal:agreement-list",
    Right.RECHARGES: "portal:recharge-list",
    Right.LEDGER: "portal:ledger",
    Right.TRANSFERS: "portal:transfer-list",
    Right.CALCULATOR: "portal:calculator",
    Right.KEYS: "portal:key-list",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One link of the navigation."""

    title: Promise | str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where the signed-in person works, and what the role there opens."""

    partner: Partner
    role: PartnerRole
    unread_notices: int

    def may(self, right: Right) -> bool:
        """Tell whether the role includes `right`."""
        return right in RIGHTS[self.role]

    @property
    def role_label(self) -> Promise | str:
        """The role as people call it."""
        return self.role.label

    @property
    def navigation(self) -> list[Entry]:
        """The pages this person may open."""
        return [
            Entry(title=right.label, url=reverse(name))
            for right, name in PAGES.items()
            if self.may(right)
        ]

    @property
    def sees_messages(self) -> bool:
        """Whether the message log is open to this person."""
        return self.may(Right.MESSAGES)

    @property
    def sees_recharges(self) -> bool:
        """Whether payments and what was credited for them are open to this person."""
        return self.may(Right.RECHARGES)

    @property
    def reports_payments(self) -> bool:
        """Whether this person may report a payment with its slip."""
        return self.may(Right.REPORT_PAYMENTS)

    @property
    def sees_ledger(self) -> bool:
        """Whether the ledger is open to this person."""
        return self.may(Right.LEDGER)

    @property
    def sets_alerts(self) -> bool:
        """Whether this person says when the partner is warned of a low balance."""
        return self.may(Right.ALERTS)

    @property
    def sees_keys(self) -> bool:
        """Whether the list of keys is open to this person."""
        return self.may(Right.KEYS)

    @property
    def writes_signatures(self) -> bool:
        """Whether this person may apply for signatures and enter authorisation letters."""
        return self.may(Right.WRITE_SIGNATURES)

    @property
    def writes_customers(self) -> bool:
        """Whether this person may enter customers and hand in their pledges."""
        return self.may(Right.WRITE_CUSTOMERS)

    @property
    def signs_agreements(self) -> bool:
        """Whether this person may hand in the signed and stamped agreement."""
        return self.may(Right.SIGN_AGREEMENTS)

    @property
    def issues_keys(self) -> bool:
        """Whether this person may make and revoke keys."""
        return self.may(Right.ISSUE_KEYS)


class PartnerRequest(HttpRequest):
    """A request of a partner's person: what `partner_page` hands to the view."""

    user: User
    place: Place


P = ParamSpec("P")
PartnerView = Callable[Concatenate[PartnerRequest, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def partner_page(right: Right) -> Callable[[PartnerView[P]], View[P]]:
    """Open a page to partners' people whose role includes `right`; staff have their own pages."""

    def decorator(view: PartnerView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            request = cast("PartnerRequest", request)
            request.place = _place_of(request.user)
            if not request.place.may(right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return cast("View[P]", login_required(guarded))

    return decorator


def _place_of(user: User) -> Place:
    memberships = Membership.objects.select_related("partner").filter(user=user)
    membership = memberships.annotate(unread=unread_count_of(OuterRef("user"))).first()
    if membership is None:
        raise PermissionDenied
    return Place(
        partner=membership.partner,
        role=PartnerRole(membership.role),
        unread_notices=membership.unread,
    )
