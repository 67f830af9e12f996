"""Papers of an application: added, taken from another one, replaced, taken out.

What was taken out or replaced stays in the history and in the rounds that were submitted with it.
"""

from datetime import date, datetime
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common import uploads
from apps.common.clock import local_date
from apps.common.errors import ConflictError, InvalidError, NotFoundError
from apps.signatures import locks
from apps.signatures.choices import ProofType
from apps.signatures.models import ProofDocument, Signature
from apps.signatures.rules import papers
from apps.signatures.rules.papers import Validity
from apps.signatures.services.editing import check_editable


class ProofExistsError(ConflictError):
    """The same file is among the proofs of this signature."""

    code = "proof_exists"
    message = _("This file is among the proofs already.")
    cure = _("Choose another file; this one is with the application.")


class ProofTypeError(InvalidError):
    """An application from that source has no use for such a paper."""

    code = "proof_type_unfit"
    message = _("“%(type)s” proves nothing for the source “%(source)s”. Choose another type.")
    cure = _("Choose a type from the list for this source, or “Other paper”.")


class ProofValidityMissingError(InvalidError):
    """Papers of that type always state an end."""

    code = "proof_validity_missing"
    message = _("Type the day on which “%(type)s” ends, as it stands on the paper.")
    cure = _("Type the day that stands on the paper after “valid until”.")


class ProofExpiredError(InvalidError):
    """The paper has ended already."""

    code = "proof_expired"
    message = _("This paper ended on %(valid_until)s. Upload the renewed one.")
    cure = _("Have the paper renewed, then upload the new one.")


@transaction.atomic
def add(
    *,
    signature_id: int,
    proof_type: ProofType,
    file: IO[bytes],
    by: Actor,
    at: datetime,
    valid_until: date | None = None,
) -> ProofDocument:
    """Add a paper to an application that its applicant works on.

    A file that the partner handed in before is not stored a second time; `queries.same_files`
    tells where else it is.

    Raises:
        SignatureStateError: it is over, or stands as it was submitted.
        ProofTypeError: the source has no use for such a paper.
        ProofValidityMissingError: papers of the type end, and no day is given.
        ProofExpiredError: it has ended.
        ProofExistsError: the same file is with it already.
        DomainError: the file was refused; the errors of `common.uploads.inspect`.
    """
    upload = uploads.inspect(file)
    signature = locks.signature(signature_id)
    _check_takes(signature, proof_type, valid_until, at)
    _check_new(signature, upload.sha256)
    proof = _written(signature, proof_type, upload, valid_until=valid_until, by=by, at=at)
    with act("signatures.add_proof", by=by):
        proof.save()
    return proof


@transaction.atomic
def replace(
    *,
    proof_id: int,
    file: IO[bytes],
    by: Actor,
    at: datetime,
    valid_until: date | None = None,
) -> ProofDocument:
    """Put a newer paper of the same type in the place of one, which stays in the history.

    Raises:
        NotFoundError: no such paper is with an application.
        DomainError: what `add` raises.
    """
    upload = uploads.inspect(file)
    signature, old = _locked(proof_id)
    proof_type = ProofType(old.type)
    _check_takes(signature, proof_type, valid_until, at)
    _check_new(signature, upload.sha256)
    proof = _written(signature, proof_type, upload, valid_until=valid_until, by=by, at=at)
    proof.replaces = old
    with act("signatures.replace_proof", by=by):
        old.removed_at = at
        old.save(update_fields=["removed_at"])
        proof.save()
    return proof


@transaction.atomic
def reuse(*, signature_id: int, proof_id: int, by: Actor, at: datetime) -> ProofDocument:
    """Add a paper that the partner handed in with another signature, without sending it again.

    Raises:
        NotFoundError: the partner has no such paper.
        DomainError: what `add` raises, but for those of the file.
    """
    signature = locks.signature(signature_id)
    partners_own = ProofDocument.objects.filter(
        signature__account__partner=signature.account.partner_id
    )
    known = partners_own.filter(pk=proof_id).first()
    if known is None:
        raise NotFoundError(proof_id=proof_id)
    _check_takes(signature, ProofType(known.type), known.valid_until, at)
    _check_new(signature, known.sha256)
    proof = ProofDocument(
        signature=signature,
        type=known.type,
        valid_until=known.valid_until,
        file=known.file.name,
        content_type=known.content_type,
        sha256=known.sha256,
        stored_sha256=known.stored_sha256,
        size=known.size,
        page_count=known.page_count,
        name=known.name,
        uploaded_by_id=by.user_id,
        uploaded_at=at,
    )
    with act("signatures.add_proof", by=by):
        proof.save()
    return proof


@transaction.atomic
def remove(*, proof_id: int, by: Actor, at: datetime) -> ProofDocument:
    """Take a paper out of an application that its applicant works on.

    Raises:
        NotFoundError: no such paper is with an application.
        SignatureStateError: it is over, or stands as it was submitted.
    """
    signature, proof = _locked(proof_id)
    check_editable(signature)
    proof.removed_at = at
    with act("signatures.remove_proof", by=by):
        proof.save(update_fields=["removed_at"])
    return proof


def _locked(proof_id: int) -> tuple[Signature, ProofDocument]:
    present = ProofDocument.objects.present().filter(pk=proof_id)
    signature_id = present.values_list("signature", flat=True).first()
    signature = locks.signature(signature_id) if signature_id else None
    proof = present.first()  # Under the lock: it may have been taken out meanwhile.
    if signature is None or proof is None:
        raise NotFoundError(proof_id=proof_id)
    return signature, proof


def _check_takes(
    signature: Signature, proof_type: ProofType, valid_until: date | None, at: datetime
) -> None:
    check_editable(signature)
    if not papers.takes(signature.source, proof_type):
        raise ProofTypeError(type=proof_type.label, source=signature.get_source_display())
    if valid_until is None and papers.validity(proof_type) is Validity.REQUIRED:
        raise ProofValidityMissingError(type=proof_type.label)
    if valid_until is not None and valid_until <= local_date(at):
        raise ProofExpiredError(valid_until=valid_until.isoformat())


def _check_new(signature: Signature, sha256: str) -> None:
    if signature.proofs.present().filter(sha256=sha256).exists():
        raise ProofExistsError


def _written(
    signature: Signature,
    proof_type: ProofType,
    upload: uploads.Upload,
    *,
    valid_until: date | None,
    by: Actor,
    at: datetime,
) -> ProofDocument:
    return ProofDocument(
        signature=signature,
        type=proof_type,
        valid_until=valid_until,
        file=_kept_before(signature, upload)
        or ContentFile(upload.content, name=f"proof.{upload.extension}"),
        content_type=upload.content_type,
        sha256=upload.sha256,
        stored_sha256=upload.stored_sha256,
        size=len(upload.content),
        page_count=upload.page_count,
        name=upload.name,
        uploaded_by_id=by.user_id,
        uploaded_at=at,
    )


def _kept_before(signature: Signature, upload: uploads.Upload) -> str:
    """Return where the same kept bytes of this partner lie already; nothing where they do not."""
    known = ProofDocument.objects.filter(
        signature__account__partner=signature.account.partner_id,
        sha256=upload.sha256,
        stored_sha256=upload.stored_sha256,
    )
    return known.order_by("pk").values_list("file", flat=True).first() or ""
