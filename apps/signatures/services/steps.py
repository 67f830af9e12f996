"""Which step a signature may take, for the services beside."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import ConflictError, DomainError
from apps.signatures.choices import NEXT_SIGNATURE_STATUS, SignatureStatus
from apps.signatures.models import Signature


class SignatureStateError(ConflictError):
    """The signature's state does not allow this step."""

    code = "signature_wrong_state"
    message = _("【%(text)s】 is %(status)s, which does not allow this.")


class SignatureReasonMissingError(DomainError):
    """A refusal needs a reason that the partner can read."""

    code = "signature_reason_missing"
    message = _("Say why: the partner reads it.")


def check(signature: Signature, status: SignatureStatus) -> None:
    """Refuse a step that the table of states does not have."""
    if status not in NEXT_SIGNATURE_STATUS[SignatureStatus(signature.status)]:
        raise wrong_state(signature)


def check_is(signature: Signature, status: SignatureStatus) -> None:
    """Refuse a step that only this state allows."""
    if signature.status != status:
        raise wrong_state(signature)


def check_reason(reason: str) -> None:
    """Refuse an empty reason."""
    if not reason.strip():
        raise SignatureReasonMissingError


def wrong_state(signature: Signature) -> SignatureStateError:
    """Return the error that names the signature and its state."""
    return SignatureStateError(text=signature.text, status=signature.get_status_display())
