"""`POST /messages`: the hot path. Key, shape, one service call, answer."""

from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from apps.api.authentication import key_of
from apps.api.bodies import parse_object
from apps.api.errors import BodyTooLargeError, UnsupportedEncodingError, UnsupportedMediaTypeError
from apps.api.messages import renderings
from apps.api.messages.bodies import read_send
from apps.common import clock, idempotency, incoming
from apps.common.addresses import client_address
from apps.common.errors import DomainError, InvalidRequestError
from apps.messaging import accepting
from apps.partners.services import api_keys


def answer_send(request: HttpRequest) -> HttpResponse:
    """Accept a send.

    The key decides whether the body is read at all, and a wrong key is told before a wrong body.
    """
    at = clock.now()
    caller = accepting.KeyCaller(plain=key_of(request), address=client_address(request))
    accepting.check(caller, at=at)
    incoming.trust(request.META, api_keys.prefix_of(caller.plain))
    try:
        asked = _read(request)
    except DomainError:
        accepting.check_again(caller, at=at)
        raise
    answer = accepting.accept(caller, asked, at=at)
    return HttpResponse(
        orjson.dumps(renderings.send_answer(answer)), status=202, content_type="application/json"
    )


def _read(request: HttpRequest) -> accepting.Request:
    """Return the send that is asked for.

    Raises:
        UnsupportedMediaTypeError, UnsupportedEncodingError, MalformedJsonError, BodyTooLargeError,
        InvalidRequestError: it has not the shape of one.
    """
    body = _body(request)
    key = _idempotency_key(request)
    fingerprint = idempotency.fingerprint(request.path, request.body) if key else b""
    return read_send(body, key=key, fingerprint=fingerprint)


def _body(request: HttpRequest) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise UnsupportedMediaTypeError
    if (request.content_params or {}).get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        raise UnsupportedEncodingError
    if "HTTP_TRANSFER_ENCODING" in request.META:
        request._body = _read_chunked(request)  # noqa: SLF001 - Django has no other place for it
    return parse_object(request.body)


def _read_chunked(request: HttpRequest) -> bytes:
    """Return a body that came in chunks: Django reads only bodies that name their length.

    Raises:
        BodyTooLargeError: it is larger than any body may be.
    """
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    pieces, left = [], most + 1
    while left and (piece := request.META["wsgi.input"].read(left)):
        pieces.append(piece)
        left -= len(piece)
    if not left:
        raise BodyTooLargeError
    return b"".join(pieces)


def _idempotency_key(request: HttpRequest) -> str | None:
    key: str | None = request.META.get("HTTP_IDEMPOTENCY_KEY")
    if key is not None and not idempotency.is_key(key):
        why = _("Give 1 to %(most)s visible ASCII characters.")
        shown = why % {"most": idempotency.MAX_KEY_LENGTH}
        raise InvalidRequestError(errors={"Idempotency-Key": [shown]})
    return key
