"""What a second person of finance decides: purchases before they are credited, and reversals.

All that speaks for or against one stands beside its buttons. Where somebody was quicker, or the
reader may not, the page says so and nothing is done twice: the services decide.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib import admin, messages
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from apps.audit.actors import actor_of
from apps.common import clock
from apps.common.errors import DomainError, NotFoundError
from apps.common.forms import LinesField
from apps.common.templatetags.formats import grouped
from apps.recharges.queries import approvals as reading
from apps.recharges.queries import money as queries
from apps.recharges.queries import same_day
from apps.recharges.services import recharges, reversals

PAGE_SIZE = 20
_Step = Callable[[HttpRequest, int], str]


@require_GET
@staff_member_required(login_url="account_login")
@permission_required("recharges.view_recharge", raise_exception=True)
def approvals(request: HttpRequest) -> HttpResponse:
    """Show what waits for a second person, what is due first at the head."""
    by, at = actor_of(request), clock.now()
    page = Paginator(reading.waiting_purchases(), PAGE_SIZE).get_page(request.GET.get("page"))
    asked = Paginator(reading.waiting_reversals(), PAGE_SIZE).get_page(request.GET.get("asked"))
    context = {
        **admin.site.each_context(request),
        "title": _("Approve recharges"),
        "page": page,
        "rows": [
            {"purchase": each, "clock": same_day.clock_at(each.due_at, at=at)}
            for each in reading.purchases(page.object_list, by=by, at=at)
        ],
        "asked": asked,
        "reversals": reading.reversals(asked.object_list, by=by),
        "proposed_yuan": queries.money_in_totals().proposed_yuan,
        "limit_yuan": queries.policy().one_person_max_yuan,
        "may_approve": request.user.has_perm("recharges.confirm_recharge"),
        "may_send_back": request.user.has_perm("recharges.propose_recharge"),
        "may_decide": request.user.has_perm("recharges.decide_reversal"),
    }
    return render(request, "backoffice/approvals/list.html", context)


def _decision(permission: str) -> Callable[[_Step], Callable[..., HttpResponse]]:
    """Make a page of a decision: do it, say what happened or why not, go back to the list."""

    def decorator(step: _Step) -> Callable[..., HttpResponse]:
        @require_POST
        @staff_member_required(login_url="account_login")
        @permission_required(permission, raise_exception=True)
        @wraps(step)
        def view(request: HttpRequest, pk: int) -> HttpResponse:
            try:
                said = step(request, pk)
            except NotFoundError:
                messages.error(request, _("It waits no longer: somebody was quicker."))
            except DomainError as error:
                messages.error(request, str(error))
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
            else:
                messages.success(request, said)
            return redirect("backoffice:approvals")

        return view

    return decorator


def _reason(request: HttpRequest) -> str:
    """Return the reason that was typed; the service says where there must be one.

    Raises:
        ValidationError: it is too long, or holds what cannot be seen.
    """
    return str(LinesField(max_length=200, required=False).clean(request.POST.get("reason", "")))


@_decision("recharges.confirm_recharge")
def approve(request: HttpRequest, pk: int) -> str:
    """Credit a purchase."""
    recharge = recharges.confirm(recharge_id=pk, by=actor_of(request), at=clock.now())
    together = [recharge] if recharge.match is None else recharge.match.recharges.all()
    return _("%(segments)s segments are credited to %(account)s.") % {
        "segments": grouped(sum(each.segments for each in together)),
        "account": recharge.account,
    }


@_decision("recharges.propose_recharge")
def send_back(request: HttpRequest, pk: int) -> str:
    """Withdraw a purchase, so that its money is matched anew."""
    reason = _reason(request)
    recharges.withdraw(recharge_id=pk, by=actor_of(request), reason=reason)
    return _("It is sent back: the money waits for its account again.")


@_decision("recharges.decide_reversal")
def approve_reversal(request: HttpRequest, pk: int) -> str:
    """Take a recharge back."""
    reversal = reversals.approve(reversal_id=pk, by=actor_of(request), at=clock.now())
    return _("%(taken)s segments are taken back from %(account)s; %(owed)s are owed.") % {
        "taken": grouped(reversal.taken_segments),
        "account": reversal.recharge.account,
        "owed": grouped(reversal.owed_segments),
    }


@_decision("recharges.decide_reversal")
def decline_reversal(request: HttpRequest, pk: int) -> str:
    """Leave a recharge as it is."""
    reason = _reason(request)
    reversal = reversals.decline(
        reversal_id=pk, reason=reason, by=actor_of(request), at=clock.now()
    )
    return _("The recharge of %(account)s stays; what was frozen is available again.") % {
        "account": reversal.recharge.account
    }
