"""Bodies of requests: each is one class, which reads, checks and describes it.

    class TransferBody(Body):
        \"\"\"Segments to move from this account to another of the partner's.\"\"\"

        to: str = fields.line(20, description="The code of the account that gets them.")
        note: str = fields.line(100, default="")

    asked = TransferBody.of(request)

Everything that is wrong is told at once, by field, in the language of the request. A field without
a default must be sent; one that the class does not name is refused, so that a typing error is seen.
"""

from collections.abc import Mapping
from typing import Any, Self

import orjson
from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from apps.api.errors import (
    MalformedJsonError,
    UnsupportedEncodingError,
    UnsupportedMediaTypeError,
)
from apps.common import idempotency
from apps.common.errors import InvalidRequestError


class Body(BaseModel):
    """What is sent to an address: these fields and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Read the body of a request that is JSON.

        Raises:
            UnsupportedMediaTypeError, UnsupportedEncodingError, MalformedJsonError.
            InvalidRequestError: with what is wrong, by field.
        """
        return cls.read(json_object(request))

    @classmethod
    def read(cls, sent: Mapping[str, Any]) -> Self:
        """Read the fields that were sent.

        Raises:
            InvalidRequestError: with what is wrong, by field.
        """
        try:
            return cls.model_validate(sent)
        except ValidationError as error:
            raise InvalidRequestError(errors=_by_field(error)) from error

    def given(self) -> dict[str, Any]:
        """Return the fields that were sent, and not those that were left out."""
        return {name: getattr(self, name) for name in self.model_fields_set}


def changes_of(body: type[Body], name: str, doc: str) -> type[Body]:
    """Return a body that takes the same fields, each of which may be left out.

    What was left out is to stay as it is: `given` tells what was sent.
    """
    fields = {field: (info.rebuild_annotation(), None) for field, info in body.model_fields.items()}
    made: type[Body] = create_model(  # type: ignore[call-overload]  # its fields are known later
        name, __base__=Body, __module__=body.__module__, __doc__=doc, **fields
    )
    return made


def json_object(request: HttpRequest) -> dict[str, Any]:
    """Return the body of a request, which must be a JSON object in UTF-8.

    Raises:
        UnsupportedMediaTypeError, UnsupportedEncodingError, MalformedJsonError.
    """
    if request.content_type != "application/json":
        raise UnsupportedMediaTypeError
    if (request.content_params or {}).get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        raise UnsupportedEncodingError
    return _parsed(request.body)


def idempotency_key(request: HttpRequest) -> str | None:
    """Return the key under which the caller wants this done once, None where there is none.

    Raises:
        InvalidRequestError: it is none that may be used.
    """
    key: str | None = request.META.get("HTTP_IDEMPOTENCY_KEY")
    if key is None or idempotency.is_key(key):
        return key
    why = _("Give 1 to %(most)s visible ASCII characters.")
    shown = why % {"most": idempotency.MAX_KEY_LENGTH}
    raise InvalidRequestError(errors={"Idempotency-Key": [shown]})


def _parsed(body: bytes) -> dict[str, Any]:
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


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    """Tell what is wrong with each field: a reader's own words, or that it is missing or unknown."""
    found = error.errors(include_url=False, include_input=False)
    return {str(each["loc"][0]): [_words(each["type"], each.get("ctx", {}))] for each in found}


def _words(kind: str, context: Mapping[str, Any]) -> str:
    if kind == "missing":
        return _("This field is required.")
    if kind == "extra_forbidden":
        return _("There is no such field.")
    return str(context["error"])
