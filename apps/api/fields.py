"""Kinds of fields that a body may have: how each is read and what the OpenAPI document says of it.

    note: str = fields.line(100, default="", description="Shown in both ledgers.")

Each takes `default` where the field may be left out, `null=True` where it may be null, and what
else the document is to tell: `description`, `example`.
"""

import copy
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.db.models import TextChoices
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, core_schema

from apps.api import published
from apps.common import numbers, texts

if TYPE_CHECKING:  # Only the stubs know of what it is an upload.
    File = UploadedFile[Any]
else:
    File = UploadedFile

NO_NUL = r"^[^\u0000]*$"
LINE = rf"^[^{texts.LINE_FORBIDS}]*$"
FILLED_LINE = rf"^[^{texts.LINE_FORBIDS}]*[^\s{texts.LINE_FORBIDS}][^{texts.LINE_FORBIDS}]*$"
LINES = rf"^[^{texts.LINES_FORBID}]*$"
AMOUNT_FORM = r"^[0-9]{1,8}(\.[0-9]{1,2})?$"
_MAX_EMAIL = 254
_AMOUNT = re.compile(AMOUNT_FORM)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# An offset is demanded: a time without one is another moment on another machine.
_DATE_TIME = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One kind of field.

    Attributes:
        read: returns the value that was sent, or raises ValueError with what is wrong with it, in
            the language of the request.
        schema: what it takes, as JSON Schema.
    """

    read: Callable[[Any], Any]
    schema: dict[str, Any]

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read the field by `read` alone."""
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe the field by `schema` alone; drf-spectacular names the enums in place."""
        return copy.deepcopy(self.schema)


def asked(
    read: Callable[[Any], Any],
    schema: dict[str, Any],
    *,
    default: Any = ...,
    null: bool = False,
    **told: Any,
) -> Any:
    """Return a field of a kind of its own: `read` and `schema` are as `Asked` has them."""
    if null:
        schema = schema | {"type": [schema["type"], "null"]}
    field = cast("FieldInfo", Field(default))
    field.metadata.append(Asked(_or_null(read) if null else read, schema | told))
    return field


def line(most: int, **more: Any) -> Any:
    """Return a text of one line, up to a length."""
    return asked(_text(texts.line, most), of_text(most, LINE), **more)


def lines(most: int, **more: Any) -> Any:
    """Return a text up to a length that may have line breaks."""
    return asked(_text(texts.lines, most), of_text(most, LINES), **more)


def filled_line(most: int, **more: Any) -> Any:
    """Return a text of one line that is not blank, up to a length."""
    read_line = _text(texts.line, most)

    def read(value: Any) -> str:
        found = read_line(value)
        if not found:
            raise ValueError(_("This field may not be blank."))
        return found

    return asked(read, {"minLength": 1} | of_text(most, FILLED_LINE), **more)


def list_of_lines(most: int, each: int, **more: Any) -> Any:
    """Return a list of so many texts, each up to a length and with line breaks or not."""
    read_lines = _text(texts.lines, each)

    def read(value: Any) -> list[str]:
        if not isinstance(value, list) or len(value) > most:
            raise ValueError(_("Give a list of at most %(most)s texts.") % {"most": most})
        return [read_lines(item) for item in value]

    items = of_text(each, LINES)
    return asked(read, {"type": "array", "maxItems": most, "items": items}, **more)


def email(**more: Any) -> Any:
    """Return an email address; an empty one is none."""
    read_line = _text(texts.line, _MAX_EMAIL)

    def read(value: Any) -> str:
        address = read_line(value)
        try:
            validate_email(address or "none@example.com")
        except ValidationError as error:
            raise ValueError(_("Give an email address.")) from error
        return address

    return asked(read, of_text(_MAX_EMAIL, LINE), **more)


def whole_number(least: int, most: int, **more: Any) -> Any:
    """Return a whole number between two bounds; 60.0 is whole too, as JSON has it."""

    def read(value: Any) -> int:
        number = as_whole(value)
        if number is None or not least <= number <= most:
            shown = {"least": least, "most": most}
            raise ValueError(_("Give a whole number from %(least)s to %(most)s.") % shown)
        return number

    return asked(read, {"type": "integer", "minimum": least, "maximum": most}, **more)


def choice(among: type[TextChoices], **more: Any) -> Any:
    """Return one of our choices, published in small letters."""
    return _one_of(published.names(among), **more)


def yes_no(**more: Any) -> Any:
    """Return a yes or no of a form, where everything is text."""
    return _one_of({"true": True, "false": False}, **more)


def _one_of(values: dict[str, Any], **more: Any) -> Any:
    def read(value: Any) -> Any:
        if not isinstance(value, str) or value not in values:
            raise ValueError(_("Give one of: %(values)s.") % {"values": ", ".join(values)})
        return values[value]

    return asked(read, {"type": "string", "enum": list(values)}, **more)


def day(**more: Any) -> Any:
    """Return a calendar day, such as 2027-01-31."""
    return asked(_day, {"type": "string", "format": "date"}, **more)


def moment(**more: Any) -> Any:
    """Return a moment that is written with its offset."""
    return asked(read_moment, {"type": "string", "format": "date-time"}, **more)


def amount(**more: Any) -> Any:
    """Return yuan above zero, with at most two decimals."""
    return asked(read_amount, {"type": "string", "pattern": AMOUNT_FORM}, **more)


def file(**more: Any) -> Any:
    """Return a file of a form; what is in it is judged by `common.uploads`."""
    return asked(_file, {"type": "string", "format": "binary"}, **more)


def of_text(most: int, pattern: str) -> dict[str, Any]:
    """Return the schema of a text."""
    return {"type": "string", "maxLength": most, "pattern": pattern}


def as_whole(value: Any) -> int | None:
    """Return a whole number, which JSON may write as 60.0; None where a value is none."""
    number = int(value) if type(value) is float and value.is_integer() else value
    return number if type(number) is int else None


def read_moment(value: Any) -> datetime:
    """Return a moment that is written with its offset.

    Raises:
        ValueError: it is not a time, or names no offset.
    """
    if not isinstance(value, str) or not _DATE_TIME.fullmatch(value):
        raise ValueError(_("Give a time with its offset, such as 2026-01-31T09:00:00+08:00."))
    try:
        parsed = parse_datetime(value.upper())
    except ValueError:
        parsed = None
    if parsed is None:
        raise ValueError(_("There is no such time."))
    return parsed


def read_amount(value: Any) -> Decimal:
    """Return an amount of yuan.

    Raises:
        ValueError: it is not above zero, or has more than two decimals.
    """
    if not isinstance(value, str) or not _AMOUNT.fullmatch(value) or not Decimal(value):
        raise ValueError(_("Give yuan above zero with at most two decimals, such as 10000.00."))
    return Decimal(value)


def check_text(value: Any, most: int) -> str:
    """Return a text as it was given: up to a length, and nothing that the database refuses.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(value, str):
        raise ValueError(_("Give a text."))  # noqa: TRY004 - all shape errors are one kind
    if len(value) > most:
        raise ValueError(_("At most %(most)s characters.") % {"most": most})
    if "\0" in value:
        raise ValueError(_("The character NUL cannot be sent."))
    return value


def _text(rule: Callable[[str], str], most: int) -> Callable[[Any], str]:
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


def _or_null(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


def _day(value: Any) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        with suppress(ValueError):  # No such day, as 2027-02-30.
            found = date.fromisoformat(value)
            if numbers.is_usual_day(found):
                return found
    raise ValueError(_("Give a day as 2027-01-31."))


def _file(value: Any) -> File:
    if not isinstance(value, UploadedFile):
        raise ValueError(_("Send a file, with its name."))  # noqa: TRY004 - as all shape errors
    return value
