"""Signatures: judged, made default, suspended, revoked.

Nobody judges what they applied for. The first signature approved for an account becomes its
default, so that an account with one signature need not name it in every send.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import DomainError
from apps.signatures import locks
from apps.signatures.choices import SignatureStatus
from apps.signatures.models import Signature
from apps.signatures.services import steps


class OwnSignatureError(DomainError):
    """Nobody judges what they applied for."""

    code = "signature_own_application"
    message = _("You applied for this signature; another person judges it.")


@transaction.atomic
def approve(*, signature_id: int, by: Actor, at: datetime) -> Signature:
    """Let the account send with it from now on; its first one becomes the default.

    Raises:
        SignatureStateError: it is not submitted.
        OwnSignatureError: `by` applied for it.
    """
    signature = locks.signature(signature_id)
    steps.check_is(signature, SignatureStatus.SUBMITTED)
    has_default = Signature.objects.filter(account=signature.account_id, is_default=True).exists()
    signature.is_default = not has_default
    return _judge(signature, SignatureStatus.APPROVED, verb="approve", by=by, at=at, reason="")


@transaction.atomic
def reject(*, signature_id: int, by: Actor, at: datetime, reason: str) -> Signature:
    """Refuse an application; the applicant may mend and submit it again.

    Raises:
        SignatureStateError: it is not submitted.
        OwnSignatureError: `by` applied for it.
        SignatureReasonMissingError: no reason was given.
    """
    signature = locks.signature(signature_id)
    steps.check_is(signature, SignatureStatus.SUBMITTED)
    steps.check_reason(reason)
    return _judge(signature, SignatureStatus.REJECTED, verb="reject", by=by, at=at, reason=reason)


@transaction.atomic
def suspend(*, signature_id: int, by: Actor, at: datetime, reason: str) -> Signature:
    """Stop sends with an approved signature until it is resumed.

    Raises:
        SignatureStateError: it is not approved.
        OwnSignatureError: `by` applied for it.
        SignatureReasonMissingError: no reason was given.
    """
    signature = locks.signature(signature_id)
    steps.check(signature, SignatureStatus.SUSPENDED)
    steps.check_reason(reason)
    return _judge(signature, SignatureStatus.SUSPENDED, verb="suspend", by=by, at=at, reason=reason)


@transaction.atomic
def resume(*, signature_id: int, by: Actor, at: datetime) -> Signature:
    """Let the account send with a suspended signature again.

    Raises:
        SignatureStateError: it is not suspended.
        OwnSignatureError: `by` applied for it.
    """
    signature = locks.signature(signature_id)
    steps.check_is(signature, SignatureStatus.SUSPENDED)
    return _judge(signature, SignatureStatus.APPROVED, verb="resume", by=by, at=at, reason="")


@transaction.atomic
def revoke(*, signature_id: int, by: Actor, at: datetime, reason: str) -> Signature:
    """Withdraw an approved or suspended signature for good; its text may be applied for anew.

    Raises:
        SignatureStateError: it is neither.
        OwnSignatureError: `by` applied for it.
        SignatureReasonMissingError: no reason was given.
    """
    signature = locks.signature(signature_id)
    steps.check(signature, SignatureStatus.REVOKED)
    steps.check_reason(reason)
    signature.is_default = False
    return _judge(signature, SignatureStatus.REVOKED, verb="revoke", by=by, at=at, reason=reason)


@transaction.atomic
def set_default(*, signature_id: int, by: Actor) -> Signature:
    """Make an approved signature the one that sends without a named signature use.

    Raises:
        SignatureStateError: it is not approved.
    """
    signature = locks.signature(signature_id)
    steps.check_is(signature, SignatureStatus.APPROVED)
    with act("signatures.set_default", by=by):
        for other in Signature.objects.filter(account=signature.account_id, is_default=True):
            other.is_default = False
            other.save(update_fields=["is_default"])
        signature.is_default = True
        signature.save(update_fields=["is_default"])
    return signature


def _judge(
    signature: Signature,
    status: SignatureStatus,
    *,
    verb: str,
    by: Actor,
    at: datetime,
    reason: str,
) -> Signature:
    if by.is_same_person(signature.applied_by_id):
        raise OwnSignatureError
    signature.status, signature.reason = status, reason
    signature.judged_by_id, signature.judged_at = by.user_id, at
    with act(f"signatures.{verb}", by=by, reason=reason):
        signature.save()
    return signature
