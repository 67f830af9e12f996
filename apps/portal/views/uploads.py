"""One file that a page sends: taken, or answered with the reason alone, so that it stands there."""

from collections.abc import Callable
from http import HTTPStatus
from typing import IO

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from apps.common.errors import DomainError
from apps.portal.access import PartnerRequest
from apps.portal.forms.letters import ScanForm


def answer(
    request: PartnerRequest,
    *,
    take: Callable[[IO[bytes]], object],
    page_url: str,
    fragment: Callable[[], HttpResponse],
) -> HttpResponse:
    """Hand the file to `take`; return the part of the page drawn anew, or 422 with the reason.

    Without scripts the whole page follows, and the reason stands at its top.
    """
    reason = _refusal(request, take)
    if not request.htmx:  # type: ignore[attr-defined]
        if reason:
            messages.error(request, reason)
        return redirect(page_url)
    if reason:
        return HttpResponse(
            reason, status=HTTPStatus.UNPROCESSABLE_ENTITY, content_type="text/plain"
        )
    return fragment()


def _refusal(request: PartnerRequest, take: Callable[[IO[bytes]], object]) -> str:
    form = ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        return " ".join(str(error) for errors in form.errors.values() for error in errors)
    try:
        take(form.cleaned_data["file"])
    except DomainError as error:
        return str(error)
    return ""
