"""The staff home: what waits for a decision, today's traffic, and whether messages go out."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from apps.audit import separations
from apps.backoffice import queries
from apps.backoffice.navigation import waiting_of
from apps.common import clock
from apps.recharges.queries import same_day
from apps.users.queries import all_clashing


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Fill the admin's index; unfold calls it."""
    at, found = clock.now(), waiting_of(request)
    return context | {
        "title": _("Today"),
        "waiting": found,
        "next_clock": same_day.clock_at(found.next_due_at, at=at) if found.next_due_at else None,
        "expiring_agreements": queries.expiring_agreements(at),
        "suspended_accounts": queries.suspended_accounts(),
        "traffic": queries.traffic_today(at),
        "dispatch": queries.dispatch_health(at),
        "relaxed": separations.relaxed_names(),
        "clashing": all_clashing() if request.user.has_perm("users.govern_user") else [],
    }
