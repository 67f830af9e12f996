"""Which step a signature may take, for the services beside."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from apps.audit import separations
from apps.audit.actors import Actor
from apps.audit.separations import Hands, SeparationError
from apps.common.errors import REASON, RELOAD, ConflictError, InvalidError
from apps.signatures.choices import EDITABLE, NEXT_SIGNATURE_STATUS, SignatureStatus
from apps.signatures.models import ProofDocument, Round, Signature
from apps.signatures.reasons import RejectionReason

QUEUE = "signatures"


class SignatureStateError(ConflictError):
    """The signature's state does not allow this step."""

    code = "signature_wrong_state"
    message = _("【%(text)s】 is %(status)s, which does not allow this.")
    cure = RELOAD


class SignatureReasonMissingError(InvalidError):
    """A refusal needs a reason that the partner can read."""

    code = "signature_reason_missing"
    message = _("Say why: the partner reads it.")
    cure = REASON


class OwnSignatureError(SeparationError):
    """Nobody judges what they applied for."""

    code = "signature_own_application"


def check(signature: Signature, status: SignatureStatus) -> None:
    """Refuse a step that the table of states does not have."""
    if status not in NEXT_SIGNATURE_STATUS[SignatureStatus(signature.status)]:
        raise wrong_state(signature)


def check_is(signature: Signature, status: SignatureStatus) -> None:
    """Refuse a step that only this state allows."""
    if signature.status != status:
        raise wrong_state(signature)


def check_editable(signature: Signature) -> None:
    """Refuse work on an application that is over, or that stands as it was submitted."""
    if signature.status not in EDITABLE or signature.due_at is not None:
        raise wrong_state(signature)


def open_round(signature: Signature) -> Round:
    """Return the round that waits to be judged; refuse where none does."""
    found = signature.rounds.waiting().first()
    if found is None:
        raise wrong_state(signature)
    return found


def check_reason(reason: str) -> None:
    """Refuse an empty reason."""
    if not reason.strip():
        raise SignatureReasonMissingError


def checked_reasons(reasons: Sequence[str], remark: str) -> list[str]:
    """Return the coded reasons, each once; refuse none at all, and `OTHER` without a remark."""
    codes = [RejectionReason(code).value for code in dict.fromkeys(reasons)]
    if not codes or (codes == [RejectionReason.OTHER] and not remark.strip()):
        raise SignatureReasonMissingError
    return codes


def check_person(act: str, signature: Signature, by: Actor) -> tuple[str, ...]:
    """Refuse whoever applied, submitted or uploaded a paper of it."""
    errors = {"signature-entered": OwnSignatureError}
    return separations.check(act, by=by, hands=hands_on(signature), errors=errors)


def hands_on(signature: Signature) -> Hands:
    """Return who applied, submitted and uploaded."""
    uploads = ProofDocument.objects.filter(signature=signature)
    return {
        "signatures.draft": [signature.applied_by_id],
        "signatures.submit": signature.rounds.values_list("submitted_by", flat=True),
        "signatures.add_proof": uploads.values_list("uploaded_by", flat=True),
    }


def wrong_state(signature: Signature) -> SignatureStateError:
    """Return the error that names the signature and its state."""
    return SignatureStateError(text=signature.text, status=signature.get_status_display())
