"""A partner's first page: credit, the newest messages and movements, keys."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from apps.portal.access import PartnerRequest, Right, partner_page
from apps.portal.keys.pages import api_keys
from apps.portal.ledger.pages import account_balances, ledger_entries
from apps.portal.messages.pages import MessageFilter, newest_messages

RECENT_MESSAGES = 20
RECENT_ENTRIES = 8


@login_required
def home(request: HttpRequest) -> HttpResponseBase:
    """Show partners' people their overview, and send staff to the admin."""
    if request.user.is_staff:
        return redirect("admin:index")
    return overview(request)


@partner_page(Right.HOME)
def overview(request: PartnerRequest) -> HttpResponse:
    """Show what somebody needs to see first."""
    accounts = account_balances(request.user)
    place = request.place
    context = {
        "own": accounts[0] if accounts else None,
        "others": accounts[1:],
        "recent_messages": newest_messages(
            [each.account.pk for each in accounts], MessageFilter(), limit=RECENT_MESSAGES
        )
        if place.sees_messages
        else [],
        "recent_entries": ledger_entries(accounts[0].account)[:RECENT_ENTRIES]
        if place.sees_ledger and accounts
        else [],
        "keys": api_keys(request.user).filter(revoked=False) if place.sees_keys else [],
    }
    return render(request, "portal/home/overview.html", context)
