"""Bodies with a file: a form in parts (`multipart/form-data`), each field at most once."""

import hashlib
from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _

from apps.api.errors import (
    MalformedFormError,
    UnsupportedEncodingError,
    UnsupportedMediaTypeError,
)
from apps.common import numbers
from apps.common.errors import InvalidRequestError
from apps.common.incoming import BESIDE_THE_FILE
from apps.common.uploads import UploadTooLargeError

MULTIPART = "multipart/form-data"
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was sent.

    Attributes:
        values: by name, a text or an `UploadedFile`.
        told_by: what tells it from other forms; boundaries, order and file names do not.
    """

    values: dict[str, Any]
    told_by: bytes


def read(request: HttpRequest) -> Form:
    """Return the body of a request that may carry a file.

    Raises:
        UnsupportedMediaTypeError, UnsupportedEncodingError, MalformedFormError.
        UploadTooLargeError: longer than a form with a file of the greatest size.
        InvalidRequestError: a field is sent twice.
    """
    if request.content_type != MULTIPART:
        raise UnsupportedMediaTypeError(expected=MULTIPART)
    if (request.content_params or {}).get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        raise UnsupportedEncodingError
    _check_length(request)
    try:
        texts, files = request.POST, request.FILES
    except (MultiPartParserError, SuspiciousOperation) as error:
        raise MalformedFormError(why=str(error)) from error
    sent: list[tuple[str, Any]] = [
        (name, value) for part in (texts, files) for name in part for value in part.getlist(name)
    ]
    names = [name for name, _value in sent]
    if twice := {name for name in names if names.count(name) > 1}:
        raise InvalidRequestError(
            errors={name: [_("Send this field once.")] for name in sorted(twice)}
        )
    values = dict(sent)
    told = sorted((name, *_told_by(value)) for name, value in values.items())
    return Form(values, orjson.dumps(told))


def _check_length(request: HttpRequest) -> None:
    most = settings.UPLOAD_MAX_MEGABYTES
    length = numbers.row_number(request.META.get("CONTENT_LENGTH")) or 0
    if length > most * MEGABYTE + BESIDE_THE_FILE:
        raise UploadTooLargeError(megabytes=most)


def _told_by(value: "str | UploadedFile[Any]") -> tuple[str, str]:
    if isinstance(value, str):
        return "text", value
    digest = hashlib.sha256()
    for chunk in value.chunks():
        digest.update(chunk)
    value.seek(0)
    return "file", digest.hexdigest()
