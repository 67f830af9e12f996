"""Signatures that hold: made default, suspended, resumed. `reviews` judges and revokes them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.clock import local_date
from apps.common.errors import ConflictError
from apps.reviews.services import judging
from apps.signatures import locks
from apps.signatures.choices import SignatureStatus
from apps.signatures.events import SignatureResumed, SignatureSuspended
from apps.signatures.models import Signature
from apps.signatures.services import news
from apps.signatures.services.kinds import SIGNATURES


class SignatureProofsEndedError(ConflictError):
    """Its papers have ended: it comes back when renewed ones are approved."""

    code = "signature_proofs_ended"
    message = _("The papers of 【%(text)s】 have ended. Approve renewed ones first.")
    cure = _("Let the partner hand in renewed papers, and judge those.")


@transaction.atomic
def suspend(*, signature_id: int, by: Actor, at: datetime, reason: str) -> Signature:
    """Stop sends with an approved signature until it is resumed.

    Raises:
        SignatureStateError: it is not approved.
        OwnSignatureError: `by` applied for it.
        SignatureReasonMissingError: no reason was given.
    """
    signature = locks.signature(signature_id)
    SIGNATURES.check_step(signature, SignatureStatus.SUSPENDED)
    SIGNATURES.check_reason(reason)
    judging.move(
        SIGNATURES,
        signature,
        SignatureStatus.SUSPENDED,
        verb="suspend",
        by=by,
        at=at,
        reason=reason,
    )
    news.tell(SignatureSuspended, signature, at, reason=signature.remark)
    return signature


@transaction.atomic
def resume(*, signature_id: int, by: Actor, at: datetime) -> Signature:
    """Let the account send with a suspended signature again.

    Raises:
        SignatureStateError: it is not suspended.
        OwnSignatureError: `by` applied for it.
        SignatureProofsEndedError: its papers ended meanwhile.
    """
    signature = locks.signature(signature_id)
    _check_is(signature, SignatureStatus.SUSPENDED)
    if signature.holds_until is not None and signature.holds_until <= local_date(at):
        raise SignatureProofsEndedError(text=signature.text)
    judging.move(
        SIGNATURES, signature, SignatureStatus.APPROVED, verb="resume", by=by, at=at, reason=""
    )
    news.tell(SignatureResumed, signature, at)
    return signature


@transaction.atomic
def set_default(*, signature_id: int, by: Actor) -> Signature:
    """Make an approved signature the one that sends without a named signature use.

    Raises:
        SignatureStateError: it is not approved.
    """
    signature = locks.signature(signature_id)
    _check_is(signature, SignatureStatus.APPROVED)
    with act("signatures.set_default", by=by):
        for other in Signature.objects.filter(account=signature.account_id, is_default=True):
            other.is_default = False
            other.save(update_fields=["is_default"])
        signature.is_default = True
        signature.save(update_fields=["is_default"])
    return signature


def _check_is(signature: Signature, status: SignatureStatus) -> None:
    if signature.status != status:
        raise SIGNATURES.wrong_state(signature)
