"""Authorisation letters of a partner: entered, given their scan, handed in, taken back.

One made for an application (`?signature=`) is named there as soon as it is kept, and leads back.
"""

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
from apps.common import clock, numbers
from apps.common.errors import DomainError
from apps.portal.access import PartnerRequest, Right, partner_page
from apps.portal.letters.forms import LetterFilterForm, LetterForm, initial_of
from apps.portal.letters.pages import ShownLetter, newest_letters
from apps.portal.paging import keyset_page
from apps.portal.signatures.views.applications import choose_letter
from apps.portal.signatures.views.signatures import find as find_signature
from apps.portal.uploads import views as uploads
from apps.portal.uploads.views import upload_limits
from apps.reviews.services import submissions
from apps.signatures.models import AuthorisationLetter, Signature
from apps.signatures.services import letters as services
from apps.signatures.services.kinds import LETTERS

PAGE_SIZE = 30


@require_GET
@partner_page(Right.SIGNATURES)
def letter_list(request: PartnerRequest) -> HttpResponse:
    """Show letters by company, signature and state, newest first."""
    form = LetterFilterForm(request.GET)
    form.full_clean()
    found = newest_letters(
        request.user,
        text=form.cleaned_data.get("text", ""),
        status=form.cleaned_data.get("status", ""),
    )
    before = numbers.row_number(request.GET.get("before"))
    if before is not None:
        found = found.filter(pk__lt=before)
    now = clock.now()
    rows = [ShownLetter(letter=each, at=now) for each in found[: PAGE_SIZE + 1]]
    context = {
        "form": form,
        "page": keyset_page(request, rows, size=PAGE_SIZE, key="pk"),
        "is_narrowed": form.has_changed(),
    }
    return render(request, "portal/letters/list.html", context)


@require_GET
@partner_page(Right.SIGNATURES)
def letter_detail(request: PartnerRequest, pk: int) -> HttpResponse:
    """Show what a letter says, where it stands, and which signatures name it."""
    return render(request, "portal/letters/detail.html", _context(_find(request, pk)))


@partner_page(Right.WRITE_SIGNATURES)
def letter_new(request: PartnerRequest) -> HttpResponse:
    """Enter a letter; the scan follows on the page of the draft."""
    signature = _asked_for(request)
    form = LetterForm(request.POST or None, initial=_initial(request, signature))
    if request.method == "POST" and form.is_valid():
        try:
            letter = services.draft(
                partner_id=request.place.partner.pk,
                terms=form.terms(),
                by=request.user.as_actor(),
                at=clock.now(),
            )
            if signature is not None:
                choose_letter(request, signature.pk, letter.pk)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The letter is kept as a draft. Now add its scan."))
            return redirect(_with_origin("portal:letter-edit", letter, signature))
    context = {"form": form, "origin": signature, **upload_limits()}
    return render(request, "portal/letters/edit.html", context)


@partner_page(Right.WRITE_SIGNATURES)
def letter_edit(request: PartnerRequest, pk: int) -> HttpResponse:
    """Go on with a letter that was not judged, or was refused."""
    letter, signature = _find(request, pk), _asked_for(request)
    form = LetterForm(request.POST or None, initial=initial_of(letter))
    if not ShownLetter(letter=letter, at=clock.now()).may_be_edited:
        messages.error(request, _("This letter cannot be changed now."))
        return redirect("portal:letter-detail", pk=pk)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit(
                letter_id=pk, terms=form.terms(), by=request.user.as_actor(), at=clock.now()
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The letter is kept."))
            return redirect(_with_origin("portal:letter-edit", letter, signature))
    context = _context(letter) | {"form": form, "origin": signature}
    return render(request, "portal/letters/edit.html", context)


@require_POST
@partner_page(Right.WRITE_SIGNATURES)
def letter_scan(request: PartnerRequest, pk: int) -> HttpResponse:
    """Add the scan, in place of an earlier one."""
    letter = _find(request, pk)

    def take(file: IO[bytes]) -> None:
        services.attach_scan(letter_id=pk, file=file, by=request.user.as_actor())

    def drawn_anew() -> HttpResponse:
        letter.refresh_from_db()
        return render(request, "portal/letters/_scan.html", _context(letter))

    page_url = reverse("portal:letter-edit", args=[pk])
    return uploads.answer(request, take=take, page_url=page_url, fragment=drawn_anew)


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What a button does, given who presses it and when, and what is said afterwards."""

    take: Callable[[int, Actor, datetime], AuthorisationLetter]
    said: Promise


STEPS: dict[str, Step] = {
    "submit": Step(
        take=lambda pk, by, at: submissions.hand_in(LETTERS, pk, by=by, at=at),
        said=gettext_lazy("The letter is handed in. It is judged within two working hours."),
    ),
    "withdraw": Step(
        take=lambda pk, by, at: submissions.withdraw(LETTERS, pk, by=by, at=at),
        said=gettext_lazy("The letter is taken back."),
    ),
    "urge": Step(
        take=lambda pk, by, at: submissions.urge(LETTERS, pk, by=by, at=at),
        said=gettext_lazy("The reviewers were reminded."),
    ),
}


@require_POST
@partner_page(Right.WRITE_SIGNATURES)
def letter_step(request: PartnerRequest, pk: int, step: str) -> HttpResponse:
    """Submit a letter, take it back or urge it."""
    letter, signature = _find(request, pk), _asked_for(request)
    if step not in STEPS:
        raise Http404
    try:
        STEPS[step].take(pk, request.user.as_actor(), clock.now())
    except DomainError as error:
        messages.error(request, _("Nothing was done: %(reason)s") % {"reason": error})
        if step == "submit":
            return redirect(_with_origin("portal:letter-edit", letter, signature))
    else:
        messages.success(request, str(STEPS[step].said))
        if signature is not None:
            return redirect("portal:signature-edit", pk=signature.pk)
    return redirect("portal:letter-detail", pk=pk)


def _find(request: PartnerRequest, pk: int) -> AuthorisationLetter:
    rows = AuthorisationLetter.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("partner", "submitted_by"), pk=pk)


def _asked_for(request: PartnerRequest) -> Signature | None:
    """Return the application that the letter is made for, if it is made for one."""
    number = numbers.row_number(request.GET.get("signature"))
    return find_signature(request, number) if number is not None else None


def _initial(request: PartnerRequest, signature: Signature | None) -> dict[str, object]:
    if signature is None:
        return {"grantee_name": request.place.partner.name}
    holder = signature.account.customer or signature.account.partner
    return {"grantee_name": holder.name, "texts": signature.text}


def _with_origin(route: str, letter: AuthorisationLetter, signature: Signature | None) -> str:
    address = reverse(route, args=[letter.pk])
    return f"{address}?signature={signature.pk}" if signature is not None else address


def _context(letter: AuthorisationLetter) -> dict[str, object]:
    signatures = letter.signatures.select_related("account__customer").order_by("-pk")
    return {
        "shown": ShownLetter(letter=letter, at=clock.now()),
        "letter": letter,
        "signatures": signatures,
        **upload_limits(),
    }
