"""Signatures of a partner: listed, shown with how they came about, moved on by their people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from apps.audit.actors import Actor
from apps.common import clock
from apps.common.errors import DomainError
from apps.portal.access import PartnerRequest, Right, partner_page
from apps.portal.paging import keyset_page
from apps.portal.signatures.forms.lists import SignatureFilterForm
from apps.portal.signatures.pages.signatures import (
    Shown,
    newest_signatures,
    registrations_of,
    rounds_of,
)
from apps.reviews import timing
from apps.reviews.services import submissions
from apps.signatures import queries
from apps.signatures.models import Signature
from apps.signatures.services import applications
from apps.signatures.services import signatures as services
from apps.signatures.services.kinds import SIGNATURES

PAGE_SIZE = 30


@require_GET
@partner_page(Right.SIGNATURES)
def signature_list(request: PartnerRequest) -> HttpResponse:
    """Show signatures by text, state and account, newest first."""
    form = SignatureFilterForm(request.GET, user=request.user)
    narrowed, now = form.narrowed(), clock.now()
    found = newest_signatures(request.user, narrowed)[: PAGE_SIZE + 1]
    rows = [Shown(signature=each, at=now) for each in found]
    context = {
        "form": form,
        "page": keyset_page(request, rows, size=PAGE_SIZE, key="pk"),
        "is_narrowed": form.has_changed(),
    }
    return render(request, "portal/signatures/list.html", context)


@require_GET
@partner_page(Right.SIGNATURES)
def signature_detail(request: PartnerRequest, pk: int) -> HttpResponse:
    """Show where a signature stands, what was handed in and decided, and what may be done."""
    signature = find(request, pk)
    now = clock.now()
    rounds = rounds_of(signature)
    opened = rounds[0].round if rounds and signature.due_at else None
    urged_from = timing.earliest_urge(opened) if opened else None
    context = {
        "shown": Shown(signature=signature, at=now),
        "signature": signature,
        "rounds": rounds,
        "opened": opened,
        "urged_from": urged_from,
        "may_urge": urged_from is not None and urged_from <= now,
        "in_force": queries.round_in_force(signature),
        "proofs": signature.proofs.present().order_by("pk"),
        "registrations": registrations_of(signature),
    }
    return render(request, "portal/signatures/detail.html", context)


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What a button does: the service, given who presses it and when, and what is said afterwards."""

    take: Callable[[int, Actor, datetime], Signature]
    said: Promise


STEPS: dict[str, Step] = {
    "submit": Step(
        take=lambda pk, by, at: submissions.hand_in(SIGNATURES, pk, by=by, at=at),
        said=gettext_lazy(
            "The application for 【%(text)s】 is handed in. It is judged within two working hours."
        ),
    ),
    "withdraw": Step(
        take=lambda pk, by, at: submissions.withdraw(SIGNATURES, pk, by=by, at=at),
        said=gettext_lazy("The application for 【%(text)s】 is taken back."),
    ),
    "urge": Step(
        take=lambda pk, by, at: submissions.urge(SIGNATURES, pk, by=by, at=at),
        said=gettext_lazy("The reviewers were reminded."),
    ),
    "abandon": Step(
        take=lambda pk, by, at: applications.abandon(signature_id=pk, by=by, at=at),
        said=gettext_lazy("【%(text)s】 is given up."),
    ),
    "default": Step(
        take=lambda pk, by, _at: services.set_default(signature_id=pk, by=by),
        said=gettext_lazy("Sends without a named signature now use 【%(text)s】."),
    ),
}


@require_POST
@partner_page(Right.WRITE_SIGNATURES)
def signature_step(request: PartnerRequest, pk: int, step: str) -> HttpResponse:
    """Submit, withdraw, urge, give up, or make the default."""
    signature = find(request, pk)
    if step not in STEPS:
        raise Http404
    chosen = STEPS[step]
    try:
        chosen.take(signature.pk, request.user.as_actor(), clock.now())
    except DomainError as error:
        messages.error(request, _("Nothing was done: %(reason)s") % {"reason": error})
        if step == "submit":
            return redirect("portal:signature-edit", pk=pk)
    else:
        messages.success(request, chosen.said % {"text": signature.text})
    return redirect("portal:signature-detail", pk=pk)


def find(request: PartnerRequest, pk: int) -> Signature:
    """Return a signature of the person's partner; another's is not found."""
    rows = Signature.objects.visible_to(request.user)
    related = ("account__partner", "account__customer", "letter", "entered_by")
    return get_object_or_404(rows.select_related(*related), pk=pk)
