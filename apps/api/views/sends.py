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
from apps.common import clock, idempotency, incoming
from apps.common.addresses import client_address
from apps.common.errors import DomainError
from apps.ledger.services.entries import InsufficientCreditError
from apps.messaging.accepting import remembering, senders, sends
from apps.messaging.accepting.storing import SenderChangedError
from apps.messaging.errors import InvalidRequestError
from apps.partners.choices import Scope
from apps.partners.services import api_keys


def answer_send(request: HttpRequest) -> HttpResponse:
    """Accept a send.

    The key decides whether the body is read at all. One that sent today is not looked up for
    that: the body is read, and then one query, or none, finds everything.
    """
    asked = _Asked(request)
    answer = _answer_remembered(asked)
    if answer is None:
        answer = _answer_loaded(asked)
    return HttpResponse(
        orjson.dumps(renderings.send_answer(answer)), status=202, content_type="application/json"
    )


class _Asked:
    """What a request holds, read but not judged."""

    def __init__(self, request: HttpRequest) -> None:
        self.plain = key_of(request)
        self.address = client_address(request)
        self.at = clock.now()
        self.today = clock.local_date(self.at)
        self._check_key()
        incoming.trust(request.META, api_keys.prefix_of(self.plain))
        self.body, unreadable = _body(request)
        self.signature = _asked_signature(self.body)
        self.key, misused = _idempotency_key(request)
        self.error = unreadable or misused
        self.fingerprint = idempotency.fingerprint(request.path, request.body) if self.key else b""

    def _check_key(self) -> None:
        if remembering.knows(plain_key=self.plain, today=self.today):
            return
        key = api_keys.authenticate(plain=self.plain, address=self.address, at=self.at)
        if Scope.SEND not in key.scopes:
            raise api_keys.ScopeMissingError(scope=Scope.SEND)

    def read(self) -> sends.Request:
        """Return the send that is asked for.

        Raises:
            InvalidRequestError: it has not the shape of one.
        """
        return read_send(self.body, key=self.key, fingerprint=self.fingerprint)


def _answer_remembered(asked: _Asked) -> dict[str, Any] | None:
    """Answer without a look at the database before the send, None where that cannot be.

    Whatever speaks against it, the caller is told by `_answer_loaded`, who looked.
    """
    if asked.key or asked.error:
        return None
    remembered = remembering.find(
        plain_key=asked.plain, signature=asked.signature, today=asked.today
    )
    if remembered is None:
        return None
    try:
        senders.check_use(remembered.sender, address=asked.address, at=asked.at)
        return sends.send_remembered(remembered, asked.read(), at=asked.at)
    except InsufficientCreditError:  # The statement that found so had checked the sender, too.
        raise
    except (DomainError, SenderChangedError):
        return None


def _answer_loaded(asked: _Asked) -> dict[str, Any]:
    sender = senders.load(
        plain_key=asked.plain, today=asked.today, signature=asked.signature, key=asked.key
    )
    senders.check_key(
        sender, plain=asked.plain, address=asked.address, scope=Scope.SEND, at=asked.at
    )
    if asked.error:
        raise asked.error
    answer = sends.replay(sender, asked.fingerprint)
    if answer is None:
        answer = sends.send(sender, asked.read(), at=asked.at)
        remembering.remember(
            sender, plain_key=asked.plain, signature=asked.signature, today=asked.today
        )
    return answer


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
