"""Answers about a stranger's file: a browser saves or shows it, and runs nothing of it.

The type is one of our own table, may not be guessed, and the answer is sandboxed; nothing of it is
kept by the browser or on the way.
"""

from http import HTTPStatus
from typing import TypeVar

import structlog
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase

from apps.common.confined.errors import FilesBusyError, WorkFailedError, WorkUnavailableError
from apps.common.files import previews
from apps.common.files.kinds import KeptFile

RETRY_AFTER_SECONDS = 30
SANDBOX = "sandbox; default-src 'none'"

Response = TypeVar("Response", bound=HttpResponseBase)

logger = structlog.get_logger(__name__)


def original(kept: KeptFile, *, name: str) -> FileResponse:
    """Return the file to be saved as `name` with its own ending; it is never shown in place.

    Raises:
        Http404: the storage has lost it.
    """
    ending = kept.name.rpartition(".")[2]
    try:
        content = kept.storage.open(kept.name, "rb")
    except FileNotFoundError as error:
        logger.exception("stored_file_lost", name=kept.name)
        raise Http404 from error
    response = FileResponse(
        content,
        as_attachment=True,
        filename=f"{name}.{ending}",
        content_type=kept.content_type,
    )
    _seal(response)
    return response


def page(kept: KeptFile, number: int) -> HttpResponse:
    """Return a page as an image that we drew; 503 where it cannot be drawn now.

    Raises:
        Http404: the file has no such page, or the storage has lost it.
    """
    try:
        png = previews.page(kept, number)
    except (previews.PageMissingError, FileNotFoundError) as error:
        raise Http404 from error
    except FilesBusyError as error:
        return told_later(HttpResponse(), error)
    except (WorkFailedError, WorkUnavailableError):
        logger.exception("page_not_drawn", name=kept.name, number=number)
        return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
    response = HttpResponse(png, content_type="image/png")
    response["Content-Disposition"] = "inline"
    _seal(response)
    return response


def told_later(response: Response, why: object) -> Response:
    """Return an answer as it is, or marked as 503 with `Retry-After` where `why` is `FilesBusyError`.

    So programs, and what stands before the portal, know that the same file may be sent again.
    """
    if isinstance(why, FilesBusyError):
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _seal(response: HttpResponseBase) -> None:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
