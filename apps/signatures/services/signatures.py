"""Signatures: judged, made default, suspended, resumed, revoked.

Nobody judges what they applied for, submitted or uploaded to. The first signature approved for an
account becomes its default, so that an account with one signature need not name it in every send.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.clock import local_date
from apps.common.errors import ConflictError
from apps.reviews.services import claims
from apps.signatures import locks, queries
from apps.signatures.choices import RoundStatus, SignatureStatus
from apps.signatures.events import (
    SignatureApproved,
    SignatureRejected,
    SignatureRenewed,
    SignatureResumed,
    SignatureRevoked,
    SignatureSuspended,
)
from apps.signatures.models import Round, Signature
from apps.signatures.rules import papers
from apps.signatures.services import completeness, news, rounds, steps
from apps.signatures.services.steps import OwnSignatureError

__all__ = [
    "OwnSignatureError",
    "SignatureProofsEndedError",
    "approve",
    "reject",
    "resume",
    "revoke",
    "set_default",
    "suspend",
]


class SignatureProofsEndedError(ConflictError):
    """Its papers have ended: it comes back when renewed ones are approved."""

    code = "signature_proofs_ended"
    message = _("The papers of 【%(text)s】 have ended. Approve renewed ones first.")
    cure = _("Let the partner hand in renewed papers, and judge those.")


@transaction.atomic
def approve(*, signature_id: int, by: Actor, at: datetime) -> Signature:
    """Let the account send with it from now on, as long as the papers hold.

    A renewal puts the new papers in the place of the old; an expired signature holds again, a
    suspended one stays suspended.

    Raises:
        SignatureStateError: nothing of it waits to be judged.
        ClaimedByAnotherError: somebody else is at it.
        OwnSignatureError: `by` applied for it.
        SignatureProofMissingError: a paper has ended since it was submitted.
        SignatureLetterError: the letter it names is not approved, or does not cover it.
        SignatureUnregisteredError: the rules ask for a registration that is not there.
    """
    signature = locks.signature_with_letter(signature_id)
    opened, relaxed = _to_judge("signatures.approve", signature, by, at)
    completeness.check_still_holds(opened, letter=signature.letter, at=at)
    completeness.check_registered(signature)
    if signature.status != SignatureStatus.SUSPENDED:
        signature.status, signature.reason = SignatureStatus.APPROVED, ""
        signature.is_default = signature.is_default or not _has_default(signature)
    signature.judged_by_id, signature.judged_at = by.user_id, at
    signature.holds_until = papers.holds_until(
        queries.musts_of(opened, queries.policy()),
        queries.papers_of(opened.proofs.order_by("pk"), signature.letter),
    )
    with act("signatures.approve", by=by, relaxed=relaxed):
        rounds.close(opened, signature, RoundStatus.APPROVED, at=at, by=by)
        signature.save()
    news.tell(SignatureRenewed if opened.is_renewal else SignatureApproved, signature, at)
    return signature


@transaction.atomic
def reject(
    *, signature_id: int, reasons: Sequence[str], by: Actor, at: datetime, remark: str = ""
) -> Signature:
    """Refuse an application; the applicant may mend and submit it again.

    A refused renewal leaves the signature as it was.

    Args:
        signature_id: of the signature.
        reasons: codes of `reasons.RejectionReason`, at least one.
        remark: what the partner reads besides; needed where the only reason is `OTHER`.
        by: the judge.
        at: now.

    Raises:
        SignatureStateError: nothing of it waits to be judged.
        ClaimedByAnotherError: somebody else is at it.
        OwnSignatureError: `by` applied for it.
        SignatureReasonMissingError: no reason was given.
    """
    signature = locks.signature(signature_id)
    opened, relaxed = _to_judge("signatures.reject", signature, by, at)
    codes = steps.checked_reasons(reasons, remark)
    if signature.status == SignatureStatus.SUBMITTED:
        signature.status, signature.reason = SignatureStatus.REJECTED, remark
    signature.judged_by_id, signature.judged_at = by.user_id, at
    said = " ".join([*codes, remark]).strip()
    with act("signatures.reject", by=by, reason=said, relaxed=relaxed):
        rounds.close(
            opened,
            signature,
            RoundStatus.REJECTED,
            at=at,
            by=by,
            reasons=codes,
            remark=remark,
        )
        signature.save()
    news.tell(
        SignatureRejected,
        signature,
        at,
        reasons=tuple(codes),
        remark=remark,
        is_renewal=opened.is_renewal,
    )
    return signature


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
    _move(signature, SignatureStatus.SUSPENDED, verb="suspend", by=by, at=at, reason=reason)
    news.tell(SignatureSuspended, signature, at, reason=reason)
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
    steps.check_is(signature, SignatureStatus.SUSPENDED)
    if signature.holds_until is not None and signature.holds_until <= local_date(at):
        raise SignatureProofsEndedError(text=signature.text)
    _move(signature, SignatureStatus.APPROVED, verb="resume", by=by, at=at, reason="")
    news.tell(SignatureResumed, signature, at)
    return signature


@transaction.atomic
def revoke(*, signature_id: int, by: Actor, at: datetime, reason: str) -> Signature:
    """Withdraw a signature that was approved, for good; its text may be applied for anew.

    Raises:
        SignatureStateError: it was not approved, or is over.
        OwnSignatureError: `by` applied for it.
        SignatureReasonMissingError: no reason was given.
    """
    signature = locks.signature(signature_id)
    steps.check(signature, SignatureStatus.REVOKED)
    steps.check_reason(reason)
    signature.is_default = False
    _move(signature, SignatureStatus.REVOKED, verb="revoke", by=by, at=at, reason=reason)
    news.tell(SignatureRevoked, signature, at, reason=reason)
    return signature


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


def _to_judge(
    act_name: str, signature: Signature, by: Actor, at: datetime
) -> tuple[Round, tuple[str, ...]]:
    opened = steps.open_round(signature)
    claims.require(queue=steps.QUEUE, subject_id=str(signature.pk), by=by, at=at)
    return opened, steps.check_person(act_name, signature, by)


def _has_default(signature: Signature) -> bool:
    return Signature.objects.filter(account=signature.account_id, is_default=True).exists()


def _move(
    signature: Signature,
    status: SignatureStatus,
    *,
    verb: str,
    by: Actor,
    at: datetime,
    reason: str,
) -> None:
    relaxed = steps.check_person(f"signatures.{verb}", signature, by)
    signature.status, signature.reason = status, reason
    signature.judged_by_id, signature.judged_at = by.user_id, at
    with act(f"signatures.{verb}", by=by, reason=reason, relaxed=relaxed):
        if signature.is_over:
            rounds.close_any(signature, at=at)
        signature.save()
