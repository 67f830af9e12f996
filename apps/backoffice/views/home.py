"""The staff home: what waits for a decision, today's traffic, and whether messages go out."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from apps.backoffice import queries
from apps.backoffice.navigation import waiting_of
from apps.common import clock


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Fill the admin's index; unfold calls it."""
    at = clock.now()
    return context | {
        "title": _("Today"),
        "waiting": waiting_of(request),
        "expiring_agreements": queries.expiring_agreements(at),
        "suspended_accounts": queries.suspended_accounts(),
        "traffic": queries.traffic_today(at),
        "dispatch": queries.dispatch_health(at),
    }
