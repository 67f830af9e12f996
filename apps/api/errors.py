"""Errors of the interface itself: the request never reached the domain."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError


class MalformedJsonError(DomainError):
    """The body is not JSON, or not an object."""

    code = "malformed_json"
    message = _("The body is not a JSON object: %(why)s")


class UnsupportedEncodingError(DomainError):
    """The body is not UTF-8."""

    code = "unsupported_encoding"
    message = _("The body must be JSON in UTF-8.")


class UnsupportedMediaTypeError(DomainError):
    """The body is not declared as JSON."""

    code = "unsupported_media_type"
    message = _("Send the body as application/json.")


class TooLargeError(DomainError):
    """The body is larger than any valid request."""

    code = "too_large"
    message = _("The body is too large. Split the request.")


class MethodNotAllowedError(DomainError):
    """The address exists, but not for this method."""

    code = "method_not_allowed"
    message = _("This address does not answer the method %(method)s.")


class UnavailableError(DomainError):
    """The database cannot be reached; nothing is known to have been done."""

    code = "unavailable"
    message = _(
        "The service is not available at this moment. Ask again with the same Idempotency-Key."
    )


class InternalError(DomainError):
    """A fault of ours, logged under the request's id."""

    code = "internal_error"
    message = _("Something went wrong on our side. Tell us the request_id.")
