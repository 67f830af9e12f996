"""The shape of a send: read fast by hand, described for OpenAPI by the serializer below.

A DRF serializer costs a third of a request here (measured), so the hot path reads the body itself.
A test feeds both the same bodies and wants the same verdict.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import orjson
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.api.errors import MalformedJsonError, UnsupportedEncodingError
from apps.messaging.choices import Kind
from apps.messaging.errors import InvalidRequestError
from apps.messaging.rules import MAX_CHARACTERS, MAX_RECIPIENTS
from apps.messaging.services.sends import Request

MIN_VALID_SECONDS, MAX_VALID_SECONDS = 60, 259_200
DEFAULT_VALID_SECONDS = 86_400
MAX_REFERENCE = 128
MAX_NUMBER = 64
_EXTENSION = re.compile(r"[0-9]{0,6}")
_SIGNATURE_LENGTH = 32
# An offset is demanded: a time without one is another moment on another machine.
_DATE_TIME = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)", re.ASCII
)


def parse_object(body: bytes) -> dict[str, Any]:
    """Read a body that must be a JSON object in UTF-8.

    Raises:
        UnsupportedEncodingError, MalformedJsonError.
    """
    try:
        parsed = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        try:
            body.decode()
        except UnicodeDecodeError:
            raise UnsupportedEncodingError from error
        raise MalformedJsonError(why=str(error)) from error
    if not isinstance(parsed, dict):
        raise MalformedJsonError(why=_("it holds something else"))
    return parsed


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
    if any(len(item) > MAX_NUMBER for item in recipients):
        raise ValueError(_("A number has at most %(most)s characters.") % {"most": MAX_NUMBER})
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


def _signature(value: Any) -> str | None:
    if value is None:
        return None
    return _string(value, _SIGNATURE_LENGTH).strip().strip("【】") or None


def _kind(value: Any) -> str:
    if value not in Kind.values:
        raise ValueError(_("One of %(choices)s.") % {"choices": ", ".join(Kind.values)})
    return str(value)


def _send_at(value: Any) -> datetime | None:
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
    return None if value is None else _string(value, MAX_REFERENCE)


_READERS: dict[str, Callable[[Any], Any]] = {
    "to": _to,
    "text": _text,
    "signature": _signature,
    "kind": _kind,
    "send_at": _send_at,
    "valid_for": _valid_for,
    "extension": _extension,
    "reference": _reference,
}

_NUMBERS_SCHEMA = {
    "oneOf": [
        {"type": "string", "minLength": 1, "maxLength": MAX_NUMBER},
        {
            "type": "array",
            "minItems": 1,
            "maxItems": MAX_RECIPIENTS,
            "items": {"type": "string", "maxLength": MAX_NUMBER},
        },
    ],
    "example": ["13800138000"],
    "description": "Mainland mobile or PHS numbers.",
}


@extend_schema_field(_NUMBERS_SCHEMA)
class NumbersField(serializers.JSONField):
    """One number or a list of them."""


class SendSerializer(serializers.Serializer[Request]):
    """One text to one or many."""

    to = NumbersField()
    text = serializers.CharField(
        max_length=MAX_CHARACTERS, help_text="Without 【】; with signature at most 500 characters."
    )
    signature = serializers.CharField(
        required=False,
        allow_null=True,
        max_length=_SIGNATURE_LENGTH,
        help_text="Bare approved text; the account's default where absent.",
    )
    kind = serializers.ChoiceField(choices=Kind.choices, default=Kind.NOTICE)
    send_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text="At most 30 days ahead."
    )
    valid_for = serializers.IntegerField(
        min_value=MIN_VALID_SECONDS,
        max_value=MAX_VALID_SECONDS,
        default=DEFAULT_VALID_SECONDS,
        help_text="Seconds; past them, what was not sent expires and is refunded.",
    )
    extension = serializers.RegexField(r"^[0-9]{0,6}$", required=False, allow_blank=True)
    reference = serializers.CharField(
        required=False, allow_null=True, allow_blank=True, max_length=MAX_REFERENCE
    )
