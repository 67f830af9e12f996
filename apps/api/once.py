"""Doing a POST once under its `Idempotency-Key`: what it did and its answer are one transaction.

    answered = answer_once(request, scope=account_id, at=at, perform=lambda: Answered(201, {...}))

The same request under the same key is answered with the very bytes of the first time, for 24 hours;
another request under it is 422; while the first is being carried out, 409. A refusal is not kept:
the key is free again. Sends keep their answers by themselves, in the statement that stores them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from apps.api.bodies import idempotency_key
from apps.common import idempotency
from apps.common.idempotency import IdempotencyInFlightError, IdempotencyMismatchError
from apps.common.models import StoredAnswer


@dataclass(frozen=True, slots=True)
class Answered:
    """What a request is answered with."""

    status: int
    document: dict[str, Any]


def answer_once(
    request: HttpRequest,
    *,
    scope: int,
    at: datetime,
    perform: Callable[[], Answered],
    told_by: bytes | None = None,
) -> HttpResponse:
    """Carry a request out unless its key was used before, and return the answer.

    `scope` is the account whose key it is. `told_by` is what tells this request from others where
    the body as it came does not, such as a form that is sent with a new boundary each time.

    Raises:
        InvalidRequestError: the idempotency key cannot be used.
        IdempotencyMismatchError: it was used for another request.
        IdempotencyInFlightError: a request with it is being carried out at this moment.
    """
    key = idempotency_key(request)
    if key is None:
        return _response(perform())
    body = request.body if told_by is None else told_by
    fingerprint = idempotency.fingerprint(f"{request.method} {request.path}", body)
    try:
        return _once(perform, scope=scope, key=key, fingerprint=fingerprint, at=at)
    except IntegrityError as error:
        if "common_storedanswer_one_per_key" not in str(error):
            raise
        raise IdempotencyInFlightError from error  # A send took the key at the same moment.


@transaction.atomic
def _once(
    perform: Callable[[], Answered], *, scope: int, key: str, fingerprint: bytes, at: datetime
) -> HttpResponse:
    if not idempotency.try_hold(key, scope=scope):
        raise IdempotencyInFlightError
    stored = StoredAnswer.objects.filter(scope=scope, key=key).first()
    if stored is not None:
        if bytes(stored.fingerprint) != fingerprint:
            raise IdempotencyMismatchError
        return _replayed(stored)
    response = _response(perform())
    StoredAnswer.objects.create(
        scope=scope,
        key=key,
        fingerprint=fingerprint,
        # As text: a JSON column would not keep the order of the names.
        answer={"status": response.status_code, "text": response.content.decode()},
        created_at=at,
    )
    return response


def _response(answered: Answered) -> HttpResponse:
    return HttpResponse(
        orjson.dumps(answered.document), status=answered.status, content_type="application/json"
    )


def _replayed(stored: StoredAnswer) -> HttpResponse:
    return HttpResponse(
        stored.answer["text"], status=stored.answer["status"], content_type="application/json"
    )
