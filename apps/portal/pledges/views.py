"""Security pledges of customers: filled in, printed, given their stamped copy, handed in, followed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from apps.audit.actors import Actor
from apps.common import clock
from apps.common.errors import DomainError
from apps.pledges.models import Pledge
from apps.pledges.services import applications
from apps.pledges.services.kinds import PLEDGES
from apps.portal.access import PartnerRequest, Right, partner_page
from apps.portal.pledges.forms import PledgeForm
from apps.portal.pledges.pages import ShownPledge, rounds_of
from apps.portal.uploads import views as uploads
from apps.portal.uploads.views import upload_limits
from apps.reviews.services import submissions


@require_GET
@partner_page(Right.CUSTOMERS)
def pledge_detail(request: PartnerRequest, pk: int) -> HttpResponse:
    """Show where a pledge stands, what was handed in and decided, and what may be done."""
    pledge = _find(request, pk)
    context = _context(pledge) | {
        "rounds": rounds_of(pledge),
        "renewals": pledge.renewals.order_by("pk"),
    }
    return render(request, "portal/pledges/detail.html", context)


@partner_page(Right.WRITE_CUSTOMERS)
def pledge_edit(request: PartnerRequest, pk: int) -> HttpResponse:
    """Work on a pledge that was not handed in, or was refused."""
    pledge = _find(request, pk)
    if not ShownPledge(pledge=pledge, at=clock.now()).may_be_edited:
        messages.error(request, _("This pledge cannot be changed now."))
        return redirect("portal:pledge-detail", pk=pk)
    form = PledgeForm(request.POST or None, kept=pledge)
    if request.method == "POST" and form.is_valid():
        try:
            said = _keep(request, form)
        except DomainError as error:
            form.add_error(None, str(error))
            pledge.refresh_from_db()
        else:
            messages.success(request, said)
            return redirect("portal:pledge-edit", pk=pk)
    return render(request, "portal/pledges/edit.html", _context(pledge) | {"form": form})


@require_POST
@partner_page(Right.WRITE_CUSTOMERS)
def pledge_copy(request: PartnerRequest, pk: int) -> HttpResponse:
    """Add the scan of the signed and stamped form, in place of an earlier one."""
    _find(request, pk)

    def take(file: IO[bytes]) -> None:
        applications.attach_signed_copy(pledge_id=pk, file=file, by=request.user.as_actor())

    def drawn_anew() -> HttpResponse:
        return render(request, "portal/pledges/_paper.html", _context(_find(request, pk)))

    page_url = f"{reverse('portal:pledge-edit', args=[pk])}#paper"
    return uploads.answer(request, take=take, page_url=page_url, fragment=drawn_anew)


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What a button does: the service, given who presses it and when, and what is said afterwards.

    It leads to `to_page`, or where the service refuses to `from_page`.
    """

    take: Callable[[int, Actor, datetime], Pledge]
    said: Promise
    from_page: str = "portal:pledge-detail"
    to_page: str = "portal:pledge-detail"


EDIT_PAGE = "portal:pledge-edit"
STEPS: dict[str, Step] = {
    "submit": Step(
        take=lambda pk, by, at: submissions.hand_in(PLEDGES, pk, by=by, at=at),
        said=gettext_lazy("Pledge %(number)s is handed in. It is judged within two working hours."),
        from_page=EDIT_PAGE,
    ),
    "withdraw": Step(
        take=lambda pk, by, at: submissions.withdraw(PLEDGES, pk, by=by, at=at),
        said=gettext_lazy("Pledge %(number)s is taken back."),
    ),
    "urge": Step(
        take=lambda pk, by, at: submissions.urge(PLEDGES, pk, by=by, at=at),
        said=gettext_lazy("The reviewers were reminded."),
    ),
    "renew": Step(
        take=lambda pk, by, at: applications.renew(pledge_id=pk, by=by, at=at),
        said=gettext_lazy("Pledge %(number)s is begun, filled in like the one before."),
        to_page=EDIT_PAGE,
    ),
    "give-up": Step(
        take=lambda pk, by, _at: applications.give_up(pledge_id=pk, by=by),
        said=gettext_lazy("Pledge %(number)s is given up."),
    ),
}


@require_POST
@partner_page(Right.WRITE_CUSTOMERS)
def pledge_step(request: PartnerRequest, pk: int, step: str) -> HttpResponse:
    """Submit, withdraw, urge, renew or give up."""
    _find(request, pk)
    if step not in STEPS:
        raise Http404
    chosen = STEPS[step]
    try:
        pledge = chosen.take(pk, request.user.as_actor(), clock.now())
    except DomainError as error:
        messages.error(request, _("Nothing was done: %(reason)s") % {"reason": error})
        return redirect(chosen.from_page, pk=pk)
    messages.success(request, chosen.said % {"number": pledge.number})
    return redirect(chosen.to_page, pk=pledge.pk)


def _keep(request: PartnerRequest, form: PledgeForm) -> str:
    """Keep what the form says, if it says something new, and print it if that was asked for."""
    by, pk = request.user.as_actor(), form.kept.pk
    if form.says_something_new:
        applications.fill(pledge_id=pk, **form.cleaned_data, by=by)
    if "print" not in request.POST:
        return _("The draft is kept.")
    applications.print_form(pledge_id=pk, by=by, at=clock.now())
    return _("The form is ready: save the PDF, print it, and have it signed and stamped.")


def _find(request: PartnerRequest, pk: int) -> Pledge:
    rows = Pledge.objects.visible_to(request.user)
    related = ("customer__partner", "entered_by", "submitted_by", "renews")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def _context(pledge: Pledge) -> dict[str, object]:
    return {
        "pledge": pledge,
        "shown": ShownPledge(pledge=pledge, at=clock.now()),
        **upload_limits(),
    }
