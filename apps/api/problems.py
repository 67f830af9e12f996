"""Errors as `application/problem+json` (RFC 9457): the one place that knows HTTP statuses.

Every answer that is not a success goes through here; none is an HTML page or a stack trace.
"""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import orjson
import psycopg
from django.core.exceptions import (
    BadRequest,
    DisallowedHost,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from rest_framework import exceptions

from apps.api import errors, wrong_keys
from apps.api.rejections import Rejected
from apps.common import conflicts, incoming
from apps.common.errors import (
    ConflictError,
    DomainError,
    ForbiddenError,
    InsufficientError,
    InvalidError,
    InvalidRequestError,
    NotFoundError,
    TooLargeError,
    TooManyError,
    UnauthenticatedError,
    UnavailableError,
    WrongTypeError,
)

logger = logging.getLogger(__name__)

# How each family is told by HTTP. What is a matter of HTTP itself has its own status (api/errors.py).
STATUS: dict[type[DomainError], HTTPStatus] = {
    UnauthenticatedError: HTTPStatus.UNAUTHORIZED,
    InsufficientError: HTTPStatus.PAYMENT_REQUIRED,
    ForbiddenError: HTTPStatus.FORBIDDEN,
    NotFoundError: HTTPStatus.NOT_FOUND,
    ConflictError: HTTPStatus.CONFLICT,
    TooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    WrongTypeError: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    InvalidError: HTTPStatus.UNPROCESSABLE_ENTITY,
    TooManyError: HTTPStatus.TOO_MANY_REQUESTS,
    UnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
}


def status_of(error: type[DomainError]) -> HTTPStatus:
    """Return the HTTP status of an error; one of no family is a fault of ours."""
    if issubclass(error, errors.ProtocolError):
        return error.status
    families = (STATUS[base] for base in error.__mro__ if base in STATUS)
    return next(families, HTTPStatus.INTERNAL_SERVER_ERROR)


def problem(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Return the problem document of a domain error."""
    status = status_of(type(error))
    named = ("errors", *error.published)  # Views name the fields at fault themselves: api/blame.py.
    body: dict[str, Any] = {
        "type": _page_of(request, error),
        "title": status.phrase,
        "status": status.value,
        "code": error.code,
        "detail": str(error),
        "request_id": getattr(request, "request_id", ""),
        **{name: error.data[name] for name in named if name in error.data},
    }
    response = HttpResponse(
        orjson.dumps(body, default=Rejected.show, option=orjson.OPT_PASSTHROUGH_DATACLASS),
        status=status.value,
        content_type="application/problem+json",
    )
    retry_after = error.data.get("retry_after_seconds") or error.retry_after_seconds
    if retry_after:
        response["Retry-After"] = str(retry_after)
    if status is HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="api"'
    return response


def _page_of(request: HttpRequest, error: DomainError) -> str:
    path = f"/api/errors/{error.code}/"
    try:
        return request.build_absolute_uri(path)
    except DisallowedHost:
        return path  # The caller wrote a host that is not ours: it gets no link to it.


def exception_handler(exception: Exception, context: dict[str, Any]) -> HttpResponse:
    """Answer an exception of a DRF view."""
    request = context["request"]._request  # noqa: SLF001 - DRF names no other way to it
    response = answer_exception(exception, request)
    if isinstance(exception, exceptions.MethodNotAllowed):
        response["Allow"] = ", ".join(context["view"].allowed_methods)
    return response


def answer_exception(exception: Exception, request: HttpRequest) -> HttpResponse:
    """Answer any exception; what nobody foresaw is logged and told without detail."""
    error = _as_domain_error(exception, request)
    if isinstance(error, wrong_keys.REFUSALS):
        error = wrong_keys.refuse(request, error)
    return problem(request, error)


def _as_domain_error(exception: Exception, request: HttpRequest) -> DomainError:
    if isinstance(exception, DomainError):
        return exception
    for kinds, translate in _TRANSLATIONS:
        if isinstance(exception, kinds):
            return translate(exception, request)
    logger.error("api.unforeseen", exc_info=exception)
    return errors.InternalError()


def _of_database(exception: Exception, _request: HttpRequest) -> DomainError:
    if conflicts.is_collision(exception):
        return conflicts.error_of(exception)
    logger.error("api.database_unavailable", exc_info=exception)
    return errors.DatabaseUnavailableError()


_TRANSLATIONS: list[
    tuple[tuple[type[Exception], ...], Callable[[Exception, HttpRequest], DomainError]]
] = [
    ((Http404, exceptions.NotFound), lambda _e, _r: NotFoundError()),
    (
        (exceptions.MethodNotAllowed,),
        lambda _e, r: errors.MethodNotAllowedError(method=r.method),
    ),
    ((exceptions.UnsupportedMediaType,), lambda _e, _r: errors.UnsupportedMediaTypeError()),
    ((RequestDataTooBig,), lambda _e, _r: errors.BodyTooLargeError()),
    (
        (UnreadablePostError, incoming.IncompleteError),
        lambda _e, _r: errors.BodyIncompleteError(),
    ),
    (
        (exceptions.ParseError, BadRequest, SuspiciousOperation),
        lambda e, _r: errors.MalformedJsonError(why=str(e)),
    ),
    (
        (exceptions.ValidationError,),
        lambda e, _r: InvalidRequestError(errors=getattr(e, "detail", {})),
    ),
    (
        (
            IntegrityError,
            OperationalError,
            InterfaceError,
            psycopg.OperationalError,
            psycopg.InterfaceError,
        ),
        _of_database,
    ),
]
