"""Answers that carry a stranger's file: a browser saves or shows it, and runs nothing of it.

The type is one of our own table, may not be guessed, and the answer is sandboxed; nothing of it is
kept by the browser or on the way.
"""

from http import HTTPStatus

import structlog
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase

from apps.common.confined.errors import FilesBusyError, WorkFailedError, WorkUnavailableError
from apps.common.files import previews
from apps.common.files.kinds import KeptFile

RETRY_AFTER_SECONDS = 30
SANDBOX = "sandbox; default-src 'none'"

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
    except FilesBusyError:
        return _not_now()
    except (WorkFailedError, WorkUnavailableError):
        logger.exception("page_not_drawn", name=kept.name, number=number)
        return _not_now()
    response = HttpResponse(png, content_type="image/png")
    response["Content-Disposition"] = "inline"
    _seal(response)
    return response


def _not_now() -> HttpResponse:
    return HttpResponse(
        status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": str(RETRY_AFTER_SECONDS)}
    )


def _seal(response: HttpResponseBase) -> None:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
