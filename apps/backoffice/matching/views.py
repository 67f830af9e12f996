"""The matching workbench: money that waits, whose it may be and why, and the person who says so."""

from django.contrib import admin, messages
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from apps.audit import separations
from apps.audit.actors import actor_of
from apps.backoffice.navigation import waiting_of
from apps.common import clock, form_keys
from apps.common.errors import DomainError
from apps.recharges.models import Match, Recharge, Remittance
from apps.recharges.queries import money as queries
from apps.recharges.queries import same_day, workbench
from apps.recharges.services import matches

PAGE_SIZE = 50


@staff_member_required(login_url="account_login")
@permission_required("recharges.view_bankentry", raise_exception=True)
def matching(request: HttpRequest) -> HttpResponse:
    """Show the money that waits, the longest waiting first, with its proposals."""
    at = clock.now()
    rows = workbench.waiting(at=at)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "title": _("Match money"),
        "page": page,
        "rows": [(row, same_day.clock_of(row.entry, at=at)) for row in page],
        "exact_count": sum(row.is_exact for row in page),
        "totals": queries.money_in_totals(),
        "slip_count": Remittance.objects.waiting().count(),
        "second_count": waiting_of(request).recharges,
        "relaxed": separations.relaxed_of("recharges.confirm"),
        "may_confirm": request.user.has_perm("recharges.confirm_recharge"),
    }
    return render(request, "backoffice/matching/list.html", context)


@form_keys.carries_out_many
@require_POST
@staff_member_required(login_url="account_login")
@permission_required("recharges.confirm_recharge", raise_exception=True)
def matching_confirm(request: HttpRequest) -> HttpResponse:
    """Confirm the chosen proposals one by one: whichever fails is told, the others stand."""
    credited_count = waiting_count = 0
    for value in dict.fromkeys(request.POST.getlist("match")):
        try:
            match = _confirm(request, value)
        except (DomainError, ValueError) as error:
            unreadable = _("Reload the page and choose again.")
            messages.error(request, str(error) if isinstance(error, DomainError) else unreadable)
        else:
            is_credited = match.recharges.exclude(status=Recharge.Status.PENDING).exists()
            credited_count += is_credited
            waiting_count += not is_credited
    _tell(request, credited_count, waiting_count)
    return redirect("backoffice:matching")


def _confirm(request: HttpRequest, value: str) -> Match:
    chosen = workbench.parse(value)
    return matches.confirm(
        bank_entry_ids=chosen.bank_entry_ids,
        remittance_ids=chosen.remittance_ids,
        account_id=chosen.account_id,
        by=actor_of(request),
        at=clock.now(),
    )


def _tell(request: HttpRequest, credited_count: int, waiting_count: int) -> None:
    if credited_count:
        text = ngettext(
            "%(count)s match is credited.", "%(count)s matches are credited.", credited_count
        )
        messages.success(request, text % {"count": credited_count})
    if waiting_count:
        text = ngettext(
            "%(count)s match waits for a second person.",
            "%(count)s matches wait for a second person.",
            waiting_count,
        )
        messages.warning(request, text % {"count": waiting_count})
