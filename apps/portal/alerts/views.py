"""Below how many segments a partner is warned, account by account."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.common import clock
from apps.ledger.services import alerts
from apps.portal.access import PartnerRequest, Right, partner_page
from apps.portal.alerts.forms import AlertsForm
from apps.portal.ledger.pages import account_balances


@partner_page(Right.ALERTS)
def alert_list(request: PartnerRequest) -> HttpResponse:
    """Show the thresholds with how long each balance lasts, and set them."""
    form = AlertsForm(request.POST or None, accounts=account_balances(request.user))
    if request.method == "POST" and form.is_valid():
        for each, threshold in form.changed():
            alerts.set_threshold(
                account=each.account,
                alert_below=threshold,
                by=request.user.as_actor(),
                at=clock.now(),
            )
        messages.success(request, _("The warnings are set."))
        return redirect("portal:alert-list")
    return render(request, "portal/alerts/list.html", {"form": form})
