"""Errors of the interface itself: the request never reached the domain."""

from http import HTTPStatus
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from apps.common.errors import (
    DomainError,
    ForbiddenError,
    TooLargeError,
    TooManyError,
    UnauthenticatedError,
    UnavailableError,
    WrongTypeError,
)


class ProtocolError(DomainError):
    """What went wrong is a matter of HTTP, so that no family of the domain fits.

    Attributes:
        status: the answer's status.
    """

    status: ClassVar[HTTPStatus]


class MalformedJsonError(ProtocolError):
    """The body is not JSON, or not an object."""

    code = "malformed_json"
    status = HTTPStatus.BAD_REQUEST
    message = _("The body is not a JSON object: %(why)s")
    cure = _("Check the body with a JSON validator; it must be one object.")


class UnsupportedEncodingError(ProtocolError):
    """The body is not UTF-8."""

    code = "unsupported_encoding"
    status = HTTPStatus.BAD_REQUEST
    message = _("The body must be JSON in UTF-8.")
    cure = _("Encode the body as UTF-8, without a byte order mark.")


class UnsupportedMediaTypeError(WrongTypeError):
    """The body is not declared as JSON, or as a form where the address takes a file."""

    code = "unsupported_media_type"
    message = _("Send the body as %(expected)s.")
    cure = _(
        "Set the header Content-Type to application/json, or to multipart/form-data with a boundary "
        "where the API reference says that a file is sent."
    )

    def __init__(self, *, expected: str = "application/json") -> None:
        super().__init__(expected=expected)


class MalformedFormError(ProtocolError):
    """The body is not a form in parts."""

    code = "malformed_form"
    status = HTTPStatus.BAD_REQUEST
    message = _("The body is not a multipart/form-data form: %(why)s")
    cure = _("Let your HTTP library build the form, with its boundary and its length.")


class BodyTooLargeError(TooLargeError):
    """The body is larger than any valid request."""

    code = "too_large"
    message = _("The body is too large. Split the request.")
    cure = _("Send at most 10 000 recipients of one text, or 1 000 personal texts, at once.")


class BodyIncompleteError(ProtocolError):
    """The connection ended before the body did, or others wait for theirs."""

    code = "body_incomplete"
    status = HTTPStatus.REQUEST_TIMEOUT
    message = _("The body did not arrive, or not in time. Nothing was done: send it again.")
    cure = _("Send the whole body at once, and not slowly; then repeat.")


class MethodNotAllowedError(ProtocolError):
    """The address exists, but not for this method."""

    code = "method_not_allowed"
    status = HTTPStatus.METHOD_NOT_ALLOWED
    message = _("This address does not answer the method %(method)s.")
    cure = _("Look the address up in the API reference, and use its method.")


class TooManyWrongKeysError(TooManyError):
    """Too many wrong keys came from the client's address; a valid one still works from there."""

    code = "too_many_wrong_keys"
    message = _("Too many wrong API keys came from %(address)s. Send a valid one, or wait.")
    cure = _(
        "Look which software of yours sends an old or mistyped key, and mend it. Valid keys work on."
    )


class DatabaseUnavailableError(UnavailableError):
    """The database cannot be reached; nothing is known to have been done."""

    code = "unavailable"
    retry_after_seconds = 2
    message = _(
        "The service is not available at this moment. Ask again with the same Idempotency-Key."
    )
    cure = _("Wait as long as Retry-After says and repeat; nothing is charged twice.")


class InternalError(ProtocolError):
    """A fault of ours, logged under the request's id."""

    code = "internal_error"
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    message = _("Something went wrong on our side. Tell us the request_id.")
    cure = _("Repeat with the same Idempotency-Key; if it happens again, tell us.")


class MissingKeyError(UnauthenticatedError):
    """The request carries no key."""

    code = "missing_key"
    message = _("Send your API key in the header: Authorization: Bearer sk_live_…")
    cure = _("Send the header “Authorization: Bearer” followed by the key.")


class LiveKeyNeededError(ForbiddenError):
    """A test key never moves credit, and files nothing that people would judge."""

    code = "live_key_needed"
    message = _("A test key cannot do this: it would change what is real.")
    cure = _("Use a live key of the partner's own account.")


class OwnAccountNeededError(ForbiddenError):
    """A customer's account does not manage the partner's customers and their pledges."""

    code = "own_account_needed"
    message = _("Only a key of the partner's own account may do this.")
    cure = _("Use a live key of the partner's own account.")
