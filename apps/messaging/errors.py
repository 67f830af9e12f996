"""Why a send is refused; each has a published code."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError


class InvalidRequestError(DomainError):
    """Fields of the request cannot be used; `errors` says which and why."""

    code = "validation_error"
    message = _("Some fields cannot be used as they are; see errors.")


class AccountSuspendedError(DomainError):
    """The account is suspended or closed."""

    code = "account_suspended"
    message = _("The account is suspended. Contact the gateway.")


class AgreementInactiveError(DomainError):
    """The partner has no agreement in force today."""

    code = "agreement_inactive"
    message = _("No agreement is in force for this account. Sign or renew it, then send again.")


class PledgeMissingError(DomainError):
    """The account's customer has no approved, unexpired security pledge."""

    code = "pledge_missing"
    message = _(
        "The customer of this account has no approved information security pledge in force."
    )


class SignatureNotApprovedError(DomainError):
    """The signature is not an approved one of the account, or there is no default."""

    code = "signature_not_approved"
    message = _(
        "The signature is not an approved one of this account. Name an approved one, "
        "or set a default."
    )


class NoValidRecipientError(DomainError):
    """Every recipient was left out; nothing was sent or charged."""

    code = "no_valid_recipient"
    message = _("None of the recipients can be sent to; see rejected.")


class IdempotencyMismatchError(DomainError):
    """The key was used before for another request."""

    code = "idempotency_mismatch"
    message = _("This Idempotency-Key was used for another request. Use a new key.")


class IdempotencyInFlightError(DomainError):
    """A request with this key is being carried out at this moment."""

    code = "idempotency_in_flight"
    message = _("A request with this Idempotency-Key is still being carried out. Ask again.")
