"""`POST /messages`: the hot path. Key, shape, one service call, answer."""

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from apps.api import bodies
from apps.api.authentication import key_of
from apps.api.errors import BodyTooLargeError
from apps.api.messages.answers import SendAnswer
from apps.api.messages.bodies import Send
from apps.common import clock, idempotency, incoming
from apps.common.addresses import client_address
from apps.common.errors import DomainError
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
        orjson.dumps(SendAnswer.show(answer)), status=202, content_type="application/json"
    )


def _read(request: HttpRequest) -> accepting.Request:
    """Return the send that is asked for.

    Raises:
        UnsupportedMediaTypeError, UnsupportedEncodingError, MalformedJsonError, BodyTooLargeError,
        InvalidRequestError: it has not the shape of one.
    """
    if "HTTP_TRANSFER_ENCODING" in request.META:
        request._body = _read_chunked(request)  # noqa: SLF001 - Django has no other place for it
    body = bodies.json_object(request)
    key = bodies.idempotency_key(request)
    fingerprint = idempotency.fingerprint(request.path, request.body) if key else b""
    return accepting.Request(**vars(Send.read(body)), key=key, fingerprint=fingerprint)


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
