"""One file that a page sends: taken, or answered with the reason alone, so that it stands there."""

from collections.abc import Callable
from http import HTTPStatus
from typing import IO

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect

from apps.common.errors import DomainError
from apps.common.files.responses import told_later
from apps.portal.access import PartnerRequest
from apps.portal.uploads.forms import ScanForm


def answer(
    request: PartnerRequest,
    *,
    take: Callable[[IO[bytes]], object],
    page_url: str,
    fragment: Callable[[], HttpResponse],
) -> HttpResponse:
    """Hand the file to `take`; answer with the part of the page drawn anew, or with the reason."""
    form = ScanForm(request.POST, request.FILES)
    return done_or_said(
        request,
        form=form,
        work=lambda: take(form.cleaned_data["file"]),
        page_url=page_url,
        fragment=fragment,
    )


def done_or_said(
    request: PartnerRequest,
    *,
    form: Form | None,
    work: Callable[[], object],
    page_url: str,
    fragment: Callable[[], HttpResponse],
) -> HttpResponse:
    """Do it; return the part of the page drawn anew, or 422 (503 when busy) with the reason.

    Without scripts the whole page follows, and the reason stands at its top.
    """
    reason = _refusal(form, work)
    if not request.htmx:  # type: ignore[attr-defined]
        if reason:
            messages.error(request, str(reason))
        return redirect(page_url)
    if reason:
        refused = HttpResponse(
            str(reason), status=HTTPStatus.UNPROCESSABLE_ENTITY, content_type="text/plain"
        )
        return told_later(refused, reason)
    return fragment()


def upload_limits() -> dict[str, int]:
    """Return how large a file may be, for pages that look before they send."""
    megabytes = settings.UPLOAD_MAX_MEGABYTES
    return {"most_megabytes": megabytes, "most_bytes": megabytes * 1024 * 1024}


def _refusal(form: Form | None, work: Callable[[], object]) -> str | DomainError:
    if form is not None and not form.is_valid():
        return " ".join(str(error) for errors in form.errors.values() for error in errors)
    try:
        work()
    except DomainError as error:
        return error
    return ""
