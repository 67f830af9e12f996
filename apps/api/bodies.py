"""Bodies of requests: a JSON object in UTF-8, each field read by a function of its own."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, TypeVar

import orjson
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils.translation import gettext as _

from apps.api.errors import (
    MalformedJsonError,
    UnsupportedEncodingError,
    UnsupportedMediaTypeError,
)
from apps.common import idempotency, numbers, texts
from apps.common.errors import InvalidRequestError

Choice = TypeVar("Choice", bound=TextChoices)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def json_object(request: HttpRequest) -> dict[str, Any]:
    """Return the body of a request.

    Raises:
        UnsupportedMediaTypeError, UnsupportedEncodingError, MalformedJsonError.
    """
    if request.content_type != "application/json":
        raise UnsupportedMediaTypeError
    if (request.content_params or {}).get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        raise UnsupportedEncodingError
    return parse_object(request.body)


def read_fields(
    body: Mapping[str, Any],
    readers: Mapping[str, Callable[[Any], Any]],
    *,
    required: Sequence[str] = (),
) -> dict[str, Any]:
    """Return the fields of a body; unknown ones are named, so that a typing error is seen.

    A reader raises ValueError with what is wrong.

    Raises:
        InvalidRequestError: with what is wrong, by field.
    """
    errors: dict[str, list[str]] = {}
    values: dict[str, Any] = {}
    for name, value in body.items():
        if name not in readers:
            errors[name] = [_("There is no such field.")]
            continue
        try:
            values[name] = readers[name](value)
        except ValueError as error:
            errors[name] = [str(error)]
    for name in required:
        if name not in body:
            errors[name] = [_("This field is required.")]
    if errors:
        raise InvalidRequestError(errors=errors)
    return values


def whole_number(*, least: int, most: int) -> Callable[[Any], int]:
    """Return a reader of whole numbers between two bounds; 60.0 is whole too, as JSON has it."""

    def read(value: Any) -> int:
        if type(value) is float and value.is_integer():
            value = int(value)
        if type(value) is not int or not least <= value <= most:
            raise ValueError(
                _("Give a whole number from %(least)s to %(most)s.")
                % {"least": least, "most": most}
            )
        return value

    return read


def line(*, most: int) -> Callable[[Any], str]:
    """Return a reader of texts of one line, up to a length."""
    return _text(texts.line, most=most)


def lines(*, most: int) -> Callable[[Any], str]:
    """Return a reader of texts up to a length that may have line breaks."""
    return _text(texts.lines, most=most)


def _text(rule: Callable[[str], str], *, most: int) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError(_("Give a text."))  # noqa: TRY004 - all shape errors are one kind
        try:
            kept = value if len(value) > most else rule(value)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error
        if len(kept) > most:  # Composing makes a few characters two or three.
            raise ValueError(_("At most %(most)s characters.") % {"most": most})
        return kept

    return read


def filled_line(*, most: int) -> Callable[[Any], str]:
    """Return a reader of texts of one line that are not blank, up to a length."""
    read_line = line(most=most)

    def read(value: Any) -> str:
        found = read_line(value)
        if not found:
            raise ValueError(_("This field may not be blank."))
        return found

    return read


def list_of_lines(*, most: int, each: int) -> Callable[[Any], list[str]]:
    """Return a reader of lists of so many texts, each up to a length and with line breaks or not."""
    read_lines = lines(most=each)

    def read(value: Any) -> list[str]:
        if not isinstance(value, list) or len(value) > most:
            raise ValueError(_("Give a list of at most %(most)s texts.") % {"most": most})
        return [read_lines(item) for item in value]

    return read


def choice(among: type[Choice]) -> Callable[[Any], Choice]:
    """Return a reader of one of our choices, published in small letters."""
    published = {value.lower(): value for value in among.values}

    def read(value: Any) -> Choice:
        if not isinstance(value, str) or value not in published:
            raise ValueError(_("Give one of: %(values)s.") % {"values": ", ".join(published)})
        return among(published[value])

    return read


def day(value: Any) -> date:
    """Read a calendar day, such as 2027-01-31."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        with suppress(ValueError):  # No such day, as 2027-02-30.
            found = date.fromisoformat(value)
            if numbers.is_usual_day(found):
                return found
    raise ValueError(_("Give a day as 2027-01-31."))


def email(value: Any) -> str:
    """Read an email address; an empty one is none."""
    address = line(most=254)(value)
    try:
        validate_email(address or "none@example.com")
    except ValidationError as error:
        raise ValueError(_("Give an email address.")) from error
    return address


def idempotency_key(request: HttpRequest) -> str | None:
    """Return the key under which the caller wants this done once, None where there is none.

    Raises:
        InvalidRequestError: it is none that may be used.
    """
    key = request.META.get("HTTP_IDEMPOTENCY_KEY")
    if key is None or idempotency.is_key(key):
        return key
    why = _("Give 1 to %(most)s visible ASCII characters.")
    shown = why % {"most": idempotency.MAX_KEY_LENGTH}
    raise InvalidRequestError(errors={"Idempotency-Key": [shown]})


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
