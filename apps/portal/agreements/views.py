"""The partner's agreements: what was agreed and until when, the paper, and the signed copies."""

from typing import IO

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from apps.agreements.choices import Side
from apps.agreements.models import Agreement
from apps.agreements.services import copies
from apps.common import clock, numbers
from apps.portal.access import PartnerRequest, Right, partner_page
from apps.portal.agreements.pages import ShownAgreement, chain_of, checked, newest_agreements
from apps.portal.paging import keyset_page
from apps.portal.uploads import views as uploads
from apps.portal.uploads.views import upload_limits

PAGE_SIZE = 30


@require_GET
@partner_page(Right.AGREEMENTS)
def agreement_list(request: PartnerRequest) -> HttpResponse:
    """Show what was issued to the partner, newest first."""
    found = newest_agreements(request.user)
    before = numbers.row_number(request.GET.get("before"))
    if before is not None:
        found = found.filter(pk__lt=before)
    now = clock.now()
    rows = [ShownAgreement(agreement=each, at=now) for each in found[: PAGE_SIZE + 1]]
    context = {"page": keyset_page(request, rows, size=PAGE_SIZE, key="pk")}
    return render(request, "portal/agreements/list.html", context)


@require_GET
@partner_page(Right.AGREEMENTS)
def agreement_detail(request: PartnerRequest, pk: int) -> HttpResponse:
    """Show an agreement's terms, where it stands, its paper and what its signature says."""
    agreement = _find(request, pk)
    context = _context(agreement) | {
        "checked": checked(agreement.document) if agreement.document else None,
        "chain": [
            ShownAgreement(agreement=each, at=clock.now())
            for each in chain_of(agreement, request.user)
        ],
    }
    return render(request, "portal/agreements/detail.html", context)


@require_POST
@partner_page(Right.SIGN_AGREEMENTS)
def agreement_copy(request: PartnerRequest, pk: int) -> HttpResponse:
    """Add the scan of the paper that the partner signed and stamped."""
    _find(request, pk)

    def take(file: IO[bytes]) -> None:
        copies.attach(
            agreement_id=pk,
            side=Side.PARTNER,
            file=file,
            by=request.user.as_actor(),
            at=clock.now(),
        )

    def drawn_anew() -> HttpResponse:
        return render(request, "portal/agreements/_copies.html", _context(_find(request, pk)))

    page_url = f"{reverse('portal:agreement-detail', args=[pk])}#copies"
    return uploads.answer(request, take=take, page_url=page_url, fragment=drawn_anew)


def _find(request: PartnerRequest, pk: int) -> Agreement:
    rows = Agreement.objects.visible_to(request.user)
    related = ("document", "template", "rate_table", "renews")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def _context(agreement: Agreement) -> dict[str, object]:
    return {
        "agreement": agreement,
        "shown": ShownAgreement(agreement=agreement, at=clock.now()),
        "copies": agreement.copies.select_related("uploaded_by").order_by("-pk"),
        **upload_limits(),
    }
