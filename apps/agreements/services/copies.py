"""Signed copies: the paper with one side's signature and seal, scanned."""

from datetime import datetime
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.agreements import locks
from apps.agreements.choices import COPY_TAKEN_IN, Side
from apps.agreements.models import SignedCopy
from apps.agreements.services import steps
from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common import uploads
from apps.common.errors import ConflictError


class CopyExistsError(ConflictError):
    """The same file is among the copies of this side."""

    code = "agreement_copy_exists"
    message = _("This file is among the signed copies already.")
    cure = _("Choose another file, or go on: this one is kept.")


def attach(
    *, agreement_id: int, side: Side, file: IO[bytes], by: Actor, at: datetime
) -> SignedCopy:
    """Keep a scan of the paper with the signature and seal of one side; earlier ones stay.

    Raises:
        AgreementStateError: it is not issued, or is countersigned already.
        CopyExistsError: the same file was added before.
        DomainError: the file was refused; the errors of `common.uploads.inspect`.
    """
    upload = uploads.inspect(file)  # Takes its time: before any row is locked.
    with transaction.atomic():
        agreement = locks.agreement(agreement_id)
        if agreement.status not in COPY_TAKEN_IN[side]:
            raise steps.wrong_state(agreement)
        if agreement.copies.filter(side=side, sha256=upload.sha256).exists():
            raise CopyExistsError
        with act("agreements.attach_copy", by=by):
            return SignedCopy.objects.create(
                agreement=agreement,
                side=side,
                file=ContentFile(upload.content, name=f"copy.{upload.extension}"),
                content_type=upload.content_type,
                sha256=upload.sha256,
                size=len(upload.content),
                uploaded_by_id=by.user_id,
                uploaded_at=at,
            )
