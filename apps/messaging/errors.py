"""Why a send is refused; each has a published code."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import ForbiddenError, InvalidError


class AccountSuspendedError(ForbiddenError):
    """The account is suspended or closed."""

    code = "account_suspended"
    message = _("The account is suspended. Contact the gateway.")
    cure = _("The reason is on your overview page. Settle it with your contact.")


class AgreementInactiveError(ForbiddenError):
    """The partner has no agreement in force today."""

    code = "agreement_inactive"
    message = _("No agreement is in force for this account. Sign or renew it, then send again.")
    cure = _("Sign or renew the cooperation agreement with your contact.")


class PledgeMissingError(ForbiddenError):
    """The account's customer has no approved, unexpired security pledge."""

    code = "pledge_missing"
    message = _(
        "The customer of this account has no approved information security pledge in force."
    )
    cure = _("Let the customer sign the security pledge, and hand in the stamped copy.")


class SignatureNotApprovedError(InvalidError):
    """The signature is not an approved one of the account, or there is no default."""

    code = "signature_not_approved"
    published = ("signature",)
    message = _(
        "The signature is not an approved one of this account. Name an approved one, "
        "or set a default."
    )
    cure = _("Name an approved signature, or apply for this one first.")


class NoValidRecipientError(InvalidError):
    """Every recipient was left out; nothing was sent or charged."""

    code = "no_valid_recipient"
    published = ("rejected",)
    message = _("None of the recipients can be sent to; see rejected.")
    cure = _("“rejected” in the answer says for each number why.")
