"""The shape of a send: read fast by hand, described for OpenAPI by the JSON Schema below.

A DRF serializer costs a third of a request here (measured), so the hot path reads the body itself.
A test feeds both the same bodies and wants the same verdict.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from rest_framework import serializers

from apps.api import described
from apps.common import texts
from apps.common.errors import InvalidRequestError
from apps.messaging.accepting import Request
from apps.messaging.choices import Kind
from apps.messaging.rules import MAX_CHARACTERS, MAX_RECIPIENTS

MIN_VALID_SECONDS, MAX_VALID_SECONDS = 60, 259_200
DEFAULT_VALID_SECONDS = 86_400
MAX_REFERENCE = 128
MAX_NUMBER = 64
SIGNATURE_LENGTH = 32
_EXTENSION = re.compile(r"[0-9]{0,6}")
# An offset is demanded: a time without one is another moment on another machine.
_DATE_TIME = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)", re.ASCII
)


def read_send(body: dict[str, Any], *, key: str | None, fingerprint: bytes) -> Request:
    """Turn a body into a request; unknown fields are named, so that a typing error is seen.

    Raises:
        InvalidRequestError: with what is wrong, by field.
    """
    errors: dict[str, list[str]] = {}
    values: dict[str, Any] = {}
    for name, value in body.items():
        reader = _READERS.get(name)
        if reader is None:
            errors[name] = [_("There is no such field.")]
            continue
        try:
            values[name] = reader(value)
        except ValueError as error:
            errors[name] = [str(error)]
    for name in ("to", "text"):
        if name not in body:
            errors[name] = [_("This field is required.")]
    if errors:
        raise InvalidRequestError(errors=errors)
    return Request(**values, key=key, fingerprint=fingerprint)


def _to(value: Any) -> list[str]:
    recipients = [value] if isinstance(value, str) else value
    if not isinstance(recipients, list) or not all(isinstance(item, str) for item in recipients):
        raise ValueError(_("Give a number or a list of numbers, as text."))
    if not 1 <= len(recipients) <= MAX_RECIPIENTS:
        raise ValueError(_("Give 1 to %(most)s numbers.") % {"most": MAX_RECIPIENTS})
    if max(map(len, recipients)) > MAX_NUMBER:
        raise ValueError(_("A number has at most %(most)s characters.") % {"most": MAX_NUMBER})
    if "\0" in "".join(recipients):
        raise ValueError(_("The character NUL cannot be sent."))
    return recipients


def _text(value: Any) -> str:
    text = _string(value, MAX_CHARACTERS)
    if not text.strip():
        raise ValueError(_("The text is empty."))
    return text


def _string(value: Any, most: int) -> str:
    if not isinstance(value, str):
        raise ValueError(_("Give a text."))  # noqa: TRY004 - all shape errors are one kind
    if len(value) > most:
        raise ValueError(_("At most %(most)s characters.") % {"most": most})
    if "\0" in value:
        raise ValueError(_("The character NUL cannot be sent."))
    return value


def read_signature(value: Any) -> str | None:
    """Return the bare signature that is asked for, None where the default is.

    Raises:
        ValueError: it cannot be one.
    """
    if value is None:
        return None
    return _string(value, SIGNATURE_LENGTH).strip().strip("【】") or None


def _kind(value: Any) -> str:
    if value not in Kind.values:
        raise ValueError(_("One of %(choices)s.") % {"choices": ", ".join(Kind.values)})
    return str(value)


def read_moment(value: Any) -> datetime | None:
    """Return a moment that is written with its offset, None where none is given.

    Raises:
        ValueError: it is not a time, or names no offset.
    """
    if value is None:
        return None
    if not isinstance(value, str) or not _DATE_TIME.fullmatch(value):
        raise ValueError(_("Give a time with its offset, such as 2026-01-31T09:00:00+08:00."))
    try:
        parsed = parse_datetime(value.upper())
    except ValueError:
        parsed = None
    if parsed is None:
        raise ValueError(_("There is no such time."))
    return parsed


def _valid_for(value: Any) -> int:
    if type(value) is float and value.is_integer():
        value = int(value)  # JSON has one kind of number: 60.0 is whole.
    if type(value) is not int or not MIN_VALID_SECONDS <= value <= MAX_VALID_SECONDS:
        raise ValueError(
            _("Give whole seconds from %(least)s to %(most)s.")
            % {"least": MIN_VALID_SECONDS, "most": MAX_VALID_SECONDS}
        )
    return value


def _extension(value: Any) -> str:
    if not isinstance(value, str) or not _EXTENSION.fullmatch(value):
        raise ValueError(_("Give at most six digits, as text."))
    return value


def _reference(value: Any) -> str | None:
    if value is None:
        return None
    reference = _string(value, MAX_REFERENCE)
    if not texts.is_line(reference):  # returned as it was given: refused, but never composed
        raise ValueError(_("Give one line of visible characters."))
    return reference


_READERS: dict[str, Callable[[Any], Any]] = {
    "to": _to,
    "text": _text,
    "signature": read_signature,
    "kind": _kind,
    "send_at": read_moment,
    "valid_for": _valid_for,
    "extension": _extension,
    "reference": _reference,
}

_NO_NUL = r"^[^\u0000]*$"
SEND_SCHEMA: dict[str, Any] = {
    "description": "One text to one or many.",
    "type": "object",
    "required": ["to", "text"],
    "additionalProperties": False,
    "properties": {
        "to": {
            "oneOf": [
                {"type": "string", "maxLength": MAX_NUMBER, "pattern": _NO_NUL},
                {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": MAX_RECIPIENTS,
                    "items": {"type": "string", "maxLength": MAX_NUMBER, "pattern": _NO_NUL},
                },
            ],
            "description": "Mainland mobile or PHS numbers.",
            "example": ["13800138000"],
        },
        "text": {
            "type": "string",
            "maxLength": MAX_CHARACTERS,
            "pattern": r"^[^\u0000]*[^\s\u0000\u001c-\u001f\u0085][^\u0000]*$",
            "description": "Without 【】; with signature and opt-out notice at most 500 characters.",
            "example": "您的验证码是 314159，五分钟内有效。",
        },
        "signature": {
            "type": ["string", "null"],
            "maxLength": SIGNATURE_LENGTH,
            "pattern": _NO_NUL,
            "description": "Bare approved text; the account's default where absent.",
        },
        "kind": {"type": "string", "enum": Kind.values, "default": Kind.NOTICE.value},
        "send_at": {
            "type": ["string", "null"],
            "format": "date-time",
            "description": "At most 30 days ahead.",
        },
        "valid_for": {
            "type": "integer",
            "minimum": MIN_VALID_SECONDS,
            "maximum": MAX_VALID_SECONDS,
            "default": DEFAULT_VALID_SECONDS,
            "description": "Seconds; past them, what was not sent expires and is refunded.",
        },
        "extension": {
            "type": "string",
            "pattern": "^[0-9]{0,6}$",
            "description": "Sub-number; comes back with inbound messages.",
        },
        "reference": {
            "type": ["string", "null"],
            "maxLength": MAX_REFERENCE,
            "pattern": described.LINE,
            "description": "Your own; returned everywhere.",
        },
    },
}


class SendSerializer(serializers.Serializer[None]):
    """Stands for `SEND_SCHEMA` where the OpenAPI document wants a serializer."""
