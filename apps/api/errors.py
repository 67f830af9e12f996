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
    """The body is not declared as JSON, or as a form where the address takes a file."""

    code = "unsupported_media_type"
    message = _("Send the body as %(expected)s.")

    def __init__(self, *, expected: str = "application/json") -> None:
        super().__init__(expected=expected)


class MalformedFormError(DomainError):
    """The body is not a form in parts."""

    code = "malformed_form"
    message = _("The body is not a multipart/form-data form: %(why)s")


class TooLargeError(DomainError):
    """The body is larger than any valid request."""

    code = "too_large"
    message = _("The body is too large. Split the request.")


class BodyIncompleteError(DomainError):
    """The connection ended before the body did, or others wait for theirs."""

    code = "body_incomplete"
    message = _("The body did not arrive, or not in time. Nothing was done: send it again.")


class MethodNotAllowedError(DomainError):
    """The address exists, but not for this method."""

    code = "method_not_allowed"
    message = _("This address does not answer the method %(method)s.")


class TooManyWrongKeysError(DomainError):
    """Too many wrong keys came from the client's address; a valid one still works from there."""

    code = "too_many_wrong_keys"
    message = _("Too many wrong API keys came from %(address)s. Send a valid one, or wait.")


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


class LiveKeyNeededError(DomainError):
    """A test key never moves credit, and files nothing that people would judge."""

    code = "live_key_needed"
    message = _("A test key cannot do this: it would change what is real.")


class OwnAccountNeededError(DomainError):
    """A customer's account does not manage the partner's customers and their pledges."""

    code = "own_account_needed"
    message = _("Only a key of the partner's own account may do this.")
