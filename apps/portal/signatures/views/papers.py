"""The papers of an application: sent with their progress shown, used again, replaced, taken out.

A file that is refused is answered with the reason alone (422), so that the page shows it in place.
"""

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.common import clock, numbers
from apps.portal.access import PartnerRequest, Right, partner_page
from apps.portal.signatures.forms.papers import ProofForm, ReplacementForm
from apps.portal.signatures.views.applications import papers_context
from apps.portal.signatures.views.signatures import find
from apps.portal.uploads import views as uploads
from apps.signatures.choices import ProofType
from apps.signatures.models import ProofDocument
from apps.signatures.services import proofs


@require_POST
@partner_page(Right.WRITE_SIGNATURES)
def proof_add(request: PartnerRequest, pk: int) -> HttpResponse:
    """Add a file."""
    signature = find(request, pk)
    form = ProofForm(request.POST, request.FILES)

    def add() -> None:
        proofs.add(
            signature_id=signature.pk,
            proof_type=ProofType(form.cleaned_data["type"]),
            file=form.cleaned_data["file"],
            valid_until=form.cleaned_data["valid_until"],
            by=request.user.as_actor(),
            at=clock.now(),
        )

    return _answer(request, pk, add, form)


@require_POST
@partner_page(Right.WRITE_SIGNATURES)
def proof_reuse(request: PartnerRequest, pk: int) -> HttpResponse:
    """Add a file that was handed in with another signature."""
    signature = find(request, pk)
    number = numbers.row_number(request.POST.get("proof"))
    known = get_object_or_404(ProofDocument.objects.visible_to(request.user), pk=number)

    def reuse() -> None:
        proofs.reuse(
            signature_id=signature.pk,
            proof_id=known.pk,
            by=request.user.as_actor(),
            at=clock.now(),
        )

    return _answer(request, pk, reuse)


@require_POST
@partner_page(Right.WRITE_SIGNATURES)
def proof_replace(request: PartnerRequest, pk: int) -> HttpResponse:
    """Put a newer file in the place of one."""
    proof = _find(request, pk)
    form = ReplacementForm(request.POST, request.FILES)

    def replace() -> None:
        proofs.replace(
            proof_id=proof.pk,
            file=form.cleaned_data["file"],
            valid_until=form.cleaned_data["valid_until"],
            by=request.user.as_actor(),
            at=clock.now(),
        )

    return _answer(request, proof.signature_id, replace, form)


@require_POST
@partner_page(Right.WRITE_SIGNATURES)
def proof_remove(request: PartnerRequest, pk: int) -> HttpResponse:
    """Take a file out; the rounds that were handed in with it keep it."""
    proof = _find(request, pk)

    def remove() -> None:
        proofs.remove(proof_id=proof.pk, by=request.user.as_actor(), at=clock.now())

    return _answer(request, proof.signature_id, remove)


def _find(request: PartnerRequest, pk: int) -> ProofDocument:
    return get_object_or_404(ProofDocument.objects.visible_to(request.user), pk=pk)


def _answer(
    request: PartnerRequest, pk: int, work: Callable[[], None], form: forms.Form | None = None
) -> HttpResponse:
    """Do it and show the papers anew, or say why not."""

    def drawn_anew() -> HttpResponse:
        context = papers_context(request, find(request, pk)) | {"oob": True}
        return render(request, "portal/signatures/_papers_anew.html", context)

    page_url = f"{reverse('portal:signature-edit', args=[pk])}#papers"
    return uploads.done_or_said(
        request, form=form, work=work, page_url=page_url, fragment=drawn_anew
    )
