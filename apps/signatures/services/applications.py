"""Applications for a signature: drafted, proved with papers, submitted."""

from datetime import datetime
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common import uploads
from apps.common.errors import ConflictError, DomainError
from apps.partners import locks as partner_locks
from apps.partners.models import Account
from apps.signatures import locks, rules
from apps.signatures.choices import EDITABLE, ProofType, SignatureStatus, Source
from apps.signatures.models import ProofDocument, Signature
from apps.signatures.services import steps


class SignatureTextError(DomainError):
    """The text cannot be a signature; `problem` is a `rules.TextProblem`."""

    code = "signature_text_invalid"
    message = _(
        "A signature has 2 to 32 Chinese characters, letters or digits, not digits alone, and is "
        "the name of somebody or something."
    )


class SignatureExistsError(ConflictError):
    """The account has that signature, or an application for it."""

    code = "signature_exists"
    message = _("The account has 【%(text)s】 or an application for it already.")


class SignatureProofMissingError(DomainError):
    """It cannot be judged without a proof document (agreement clause 5)."""

    code = "signature_proof_missing"
    message = _("Add a stamped copy of the licence or another proof first.")


class ProofExistsError(ConflictError):
    """The same file is among the proofs of this signature."""

    code = "proof_exists"
    message = _("This file is among the proofs already.")


@transaction.atomic
def draft(*, account: Account, text: str, source: Source, by: Actor, at: datetime) -> Signature:
    """Begin an application. Brackets and outer blanks around the text are dropped.

    Raises:
        SignatureTextError: the text cannot be a signature.
        SignatureExistsError: the account has it, or an application for it.
    """
    text = rules.normalised(text)
    if problem := rules.problem(text):
        raise SignatureTextError(problem=problem.value)
    partner_locks.account(account.pk)
    same = Signature.objects.filter(account=account, text=text)
    if same.exclude(status=SignatureStatus.REVOKED).exists():
        raise SignatureExistsError(text=text)
    with act("signatures.draft", by=by):
        return Signature.objects.create(
            account=account,
            text=text,
            source=source,
            applied_by_id=by.user_id,
            applied_at=at,
        )


@transaction.atomic
def add_proof(
    *, signature_id: int, proof_type: ProofType, file: IO[bytes], by: Actor, at: datetime
) -> ProofDocument:
    """Add a paper to an application that its applicant still works on.

    Raises:
        SignatureStateError: it is neither a draft nor rejected.
        ProofExistsError: the same file was added before.
        DomainError: the file was refused; the errors of `common.uploads.inspect`.
    """
    upload = uploads.inspect(file)
    signature = locks.signature(signature_id)
    if signature.status not in EDITABLE:
        raise steps.wrong_state(signature)
    if signature.proofs.filter(sha256=upload.sha256).exists():
        raise ProofExistsError
    with act("signatures.add_proof", by=by):
        return ProofDocument.objects.create(
            signature=signature,
            type=proof_type,
            file=ContentFile(upload.content, name=f"proof.{upload.extension}"),
            content_type=upload.content_type,
            sha256=upload.sha256,
            size=len(upload.content),
            uploaded_by_id=by.user_id,
            uploaded_at=at,
        )


@transaction.atomic
def submit(*, signature_id: int, by: Actor, at: datetime) -> Signature:
    """Hand an application in, also again after a refusal.

    Raises:
        SignatureStateError: it is neither a draft nor rejected.
        SignatureProofMissingError: it has no proof document.
    """
    signature = locks.signature(signature_id)
    steps.check(signature, SignatureStatus.SUBMITTED)
    if not signature.proofs.exists():
        raise SignatureProofMissingError
    signature.status, signature.submitted_at = SignatureStatus.SUBMITTED, at
    signature.judged_by, signature.judged_at, signature.reason = None, None, ""
    with act("signatures.submit", by=by):
        signature.save()
    return signature


@transaction.atomic
def apply(
    *,
    account: Account,
    text: str,
    source: Source,
    proof_type: ProofType,
    file: IO[bytes],
    by: Actor,
    at: datetime,
) -> Signature:
    """Apply in one step: draft, proof and submission. Raises what those raise."""
    signature = draft(account=account, text=text, source=source, by=by, at=at)
    add_proof(signature_id=signature.pk, proof_type=proof_type, file=file, by=by, at=at)
    return submit(signature_id=signature.pk, by=by, at=at)
