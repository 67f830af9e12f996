"""A partner's own papers, shown page by page to its people, or saved as they are."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.common.files import responses
from apps.common.files.kinds import KeptFile
from apps.common.files.previews import document_of
from apps.portal.access import PartnerRequest, Right, partner_page
from apps.portal.files.kinds import KINDS


@require_GET
@partner_page(Right.HOME)
def file_view(request: PartnerRequest, kind: str, pk: int) -> HttpResponse:
    """Show a document page by page."""
    kept = _kept(request, kind, pk)
    document = document_of(kept, kind=kind, namespace="portal")
    return render(request, "portal/files/view.html", {"title": kept.title, "document": document})


@require_GET
@partner_page(Right.HOME)
def file_page(request: PartnerRequest, kind: str, pk: int, number: int) -> HttpResponse:
    """Return one page as an image."""
    return responses.page(_kept(request, kind, pk), number)


@require_GET
@partner_page(Right.HOME)
def file_download(request: PartnerRequest, kind: str, pk: int) -> HttpResponseBase:
    """Return a document to be saved."""
    kept = _kept(request, kind, pk)
    return responses.original(kept, name=kept.saved_as or f"{kind}-{pk}")


def _kept(request: PartnerRequest, name: str, pk: int) -> KeptFile:
    if name not in KINDS:
        raise Http404
    right, kind = KINDS[name]
    if not request.place.may(right):
        raise PermissionDenied
    kept = kind.find(pk=pk, user=request.user)
    if kept is None:
        raise Http404
    return kept
