"""Bodies of requests: a JSON object in UTF-8, each field read by a function of its own."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils.translation import gettext as _

from apps.api.errors import UnsupportedEncodingError, UnsupportedMediaTypeError
from apps.api.serializers.sends import parse_object
from apps.common import idempotency
from apps.messaging.errors import InvalidRequestError

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


def text(*, most: int) -> Callable[[Any], str]:
    """Return a reader of texts up to a length."""

    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError(_("Give a text."))  # noqa: TRY004 - all shape errors are one kind
        if len(value) > most:
            raise ValueError(_("At most %(most)s characters.") % {"most": most})
        if "\0" in value:
            raise ValueError(_("The character NUL cannot be sent."))
        return value

    return read


def filled_text(*, most: int) -> Callable[[Any], str]:
    """Return a reader of texts up to a length that are not blank."""
    read_text = text(most=most)

    def read(value: Any) -> str:
        found = read_text(value)
        if not found.strip():
            raise ValueError(_("This field may not be blank."))
        return found

    return read


def texts(*, most: int, each: int) -> Callable[[Any], list[str]]:
    """Return a reader of lists of so many texts, each up to a length."""
    read_text = text(most=each)

    def read(value: Any) -> list[str]:
        if not isinstance(value, list) or len(value) > most:
            raise ValueError(_("Give a list of at most %(most)s texts.") % {"most": most})
        return [read_text(item) for item in value]

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
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass  # No such day, as 2027-02-30.
    raise ValueError(_("Give a day as 2027-01-31."))


def email(value: Any) -> str:
    """Read an email address; an empty one is none."""
    address = text(most=254)(value)
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
