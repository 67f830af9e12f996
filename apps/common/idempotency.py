"""Answers kept under the caller's `Idempotency-Key`, so that a repeated POST is done once.

The key is stored in the same transaction as what it did: either both are there or neither. It is
unique per scope (an account; its test keys are apart), so of two at the same moment the second waits for the first's
commit and then gets the first's answer.
"""

import hashlib
import re
from datetime import timedelta

from django.db import connection
from django.utils.translation import gettext_lazy as _

from apps.common.errors import ConflictError, InvalidError

KEPT_FOR = timedelta(hours=24)
MAX_KEY_LENGTH = 128
_KEY = re.compile(rf"[!-~]{{1,{MAX_KEY_LENGTH}}}")


class IdempotencyMismatchError(InvalidError):
    """The key was used before for another request."""

    code = "idempotency_mismatch"
    message = _("This Idempotency-Key was used for another request. Use a new key.")
    cure = _("Use a new Idempotency-Key for every new request.")


class IdempotencyInFlightError(ConflictError):
    """A request with this key is being carried out at this moment."""

    code = "idempotency_in_flight"
    retry_after_seconds = 1
    message = _("A request with this Idempotency-Key is still being carried out. Ask again.")
    cure = _("Wait as long as Retry-After says and send the same request again.")


def fingerprint(path: str, body: bytes) -> bytes:
    """Return what tells one request from another sent under the same key."""
    return hashlib.sha256(path.encode() + b"\0" + body).digest()


def is_key(text: str) -> bool:
    """Tell whether a text may be an idempotency key: 1 to 128 visible ASCII characters."""
    return _KEY.fullmatch(text) is not None


def hold(key: str, *, scope: int) -> None:
    """Let nobody else use a key until the transaction ends, waiting for whoever does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [key, scope])


def try_hold(key: str, *, scope: int) -> bool:
    """Tell whether the key was free and is now held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, %s))", [key, scope])
        (is_held,) = cursor.fetchone() or (False,)
    return bool(is_held)
