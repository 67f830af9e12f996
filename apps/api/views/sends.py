"""`POST /messages`: the hot path. Key, shape, one service call, answer."""

from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from apps.api import renderings
from apps.api.authentication import key_of
from apps.api.errors import TooLargeError, UnsupportedEncodingError, UnsupportedMediaTypeError
from apps.api.serializers.sends import parse_object, read_send, read_signature
from apps.common import clock, idempotency
from apps.common.errors import DomainError
from apps.messaging import senders
from apps.messaging.errors import InvalidRequestError
from apps.messaging.services import sends
from apps.partners.choices import Scope


def answer_send(request: HttpRequest) -> HttpResponse:
    """Accept a send.

    The body is read before the key is looked up, so that one query finds everything; but a wrong
    key is told before a wrong body.
    """
    plain = key_of(request)
    at = clock.now()
    body, unreadable = _body(request)
    key, misused = _idempotency_key(request)
    sender = senders.load(
        plain_key=plain, today=clock.local_date(at), signature=_asked_signature(body), key=key
    )
    senders.check_key(
        sender, plain=plain, address=request.META.get("REMOTE_ADDR", ""), scope=Scope.SEND, at=at
    )
    if error := unreadable or misused:
        raise error
    fingerprint = idempotency.fingerprint(request.path, request.body) if key else b""
    answer = sends.replay(sender, fingerprint)
    if answer is None:
        asked = read_send(body, key=key, fingerprint=fingerprint)
        answer = sends.send(sender, asked, at=at)
    return HttpResponse(
        orjson.dumps(renderings.send_answer(answer)), status=202, content_type="application/json"
    )


def _body(request: HttpRequest) -> tuple[dict[str, Any], DomainError | None]:
    """Return the body, or an empty one and what is wrong with it."""
    if request.content_type != "application/json":
        return {}, UnsupportedMediaTypeError()
    if (request.content_params or {}).get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        return {}, UnsupportedEncodingError()
    if "HTTP_TRANSFER_ENCODING" in request.META:
        request._body = _read_chunked(request)  # noqa: SLF001 - Django has no other place for it
    try:
        return parse_object(request.body), None
    except DomainError as error:
        return {}, error


def _read_chunked(request: HttpRequest) -> bytes:
    """Return a body that came in chunks: Django reads only bodies that name their length.

    Raises:
        TooLargeError: it is larger than any body may be.
    """
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    pieces, left = [], most + 1
    while left and (piece := request.META["wsgi.input"].read(left)):
        pieces.append(piece)
        left -= len(piece)
    if not left:
        raise TooLargeError
    return b"".join(pieces)


def _asked_signature(body: dict[str, Any]) -> str | None:
    try:
        return read_signature(body.get("signature"))
    except ValueError:
        return None  # Told once the key is known to be good.


def _idempotency_key(request: HttpRequest) -> tuple[str | None, DomainError | None]:
    key = request.META.get("HTTP_IDEMPOTENCY_KEY")
    if key is None:
        return None, None
    if not idempotency.is_key(key):
        why = _("Give 1 to %(most)s visible ASCII characters.")
        shown = why % {"most": idempotency.MAX_KEY_LENGTH}
        return None, InvalidRequestError(errors={"Idempotency-Key": [shown]})
    return key, None
