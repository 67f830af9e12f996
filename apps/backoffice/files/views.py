"""Papers that partners uploaded, for those who judge them: page by page, or saved as they are.

Every look is recorded, and told in the history of what the paper is about.
"""

from django.contrib import admin
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.audit.actors import actor_of
from apps.audit.looks import record_look, record_look_once
from apps.backoffice.files.kinds import KINDS
from apps.common import clock
from apps.common.files import responses
from apps.common.files.kinds import KeptFile
from apps.common.files.previews import document_of
from apps.users.models import User


@require_GET
@staff_member_required(login_url="account_login")
def file_view(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show a document page by page."""
    kept = _kept(request, kind, pk)
    document = document_of(kept, kind=kind, namespace="backoffice")
    context = {**admin.site.each_context(request), "title": kept.title, "document": document}
    return render(request, "backoffice/file.html", context)


@require_GET
@staff_member_required(login_url="account_login")
def file_page(request: HttpRequest, kind: str, pk: int, number: int) -> HttpResponse:
    """Return one page as an image."""
    kept = _kept(request, kind, pk)
    response = responses.page(kept, number)
    if response.status_code == 200:
        record_look_once(
            "files.view", kept.about, by=actor_of(request), at=clock.now(), detail=kept.title
        )
    return response


@require_GET
@staff_member_required(login_url="account_login")
def file_download(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    """Return a document to be saved."""
    kept = _kept(request, kind, pk)
    response = responses.original(kept, name=kept.saved_as or f"{kind}-{pk}")
    record_look(
        "files.download", kept.about, by=actor_of(request), at=clock.now(), detail=kept.title
    )
    return response


def _kept(request: HttpRequest, name: str, pk: int) -> KeptFile:
    kind = KINDS.get(name)
    if kind is None:
        raise Http404
    assert isinstance(request.user, User)  # noqa: S101 - the decorator above saw to it
    if not request.user.has_perm(kind.permission):
        raise PermissionDenied
    kept = kind.find(pk=pk, user=request.user)
    if kept is None:
        raise Http404
    return kept
