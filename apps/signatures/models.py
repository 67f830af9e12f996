"""Signatures of an account, and the papers that prove the right to them."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.common.ids import uuid7
from apps.common.uploads import EXTENSIONS
from apps.partners.models import Account
from apps.signatures.choices import ProofType, SignatureStatus, Source
from apps.signatures.rules import ALLOWED, MAX_CHARACTERS, MIN_CHARACTERS
from apps.users.models import User


class SignatureQuerySet(models.QuerySet["Signature"]):
    """Signatures by who may see them and by what is to be done."""

    def visible_to(self, user: User) -> Self:
        """Keep the signatures of the partners that `user` works for; staff see all."""
        return self if user.is_staff else self.filter(account__partner__memberships__user=user)

    def waiting(self) -> Self:
        """Keep those that wait to be judged, the oldest first."""
        return self.filter(status=SignatureStatus.SUBMITTED).order_by("submitted_at", "pk")


@pghistory.track()
class Signature(models.Model):
    """A text that an account wants to stand, or may stand, in its messages as 【text】.

    Written by the applicant until it is submitted, then only by those who judge it.
    """

    Status = SignatureStatus

    account = models.ForeignKey(
        Account, models.PROTECT, related_name="signatures", verbose_name=_("account")
    )
    text = models.CharField(
        _("signature"), max_length=MAX_CHARACTERS, help_text=_("Without the brackets.")
    )
    source = models.CharField(_("is the name of"), max_length=16, choices=Source)
    status = models.CharField(
        _("status"), max_length=9, choices=SignatureStatus, default=SignatureStatus.DRAFT
    )
    is_default = models.BooleanField(
        _("default"), default=False, help_text=_("Used where a send names no signature.")
    )
    applied_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("applied by")
    )
    applied_at = models.DateTimeField(_("applied at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    judged_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("judged by")
    )
    judged_at = models.DateTimeField(_("judged at"), null=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "text"],
                condition=~Q(status="REVOKED"),
                name="signatures_signature_one_text_per_account",
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(is_default=True),
                name="signatures_signature_one_default_per_account",
            ),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(status__in=["APPROVED", "SUSPENDED"]),
                name="signatures_signature_default_was_approved",
            ),
            models.CheckConstraint(
                condition=Q(status__in=SignatureStatus.values),
                name="signatures_signature_status_known",
            ),
            models.CheckConstraint(
                condition=Q(source__in=Source.values), name="signatures_signature_source_known"
            ),
            models.CheckConstraint(
                condition=Q(text__regex=f"^{ALLOWED}{{{MIN_CHARACTERS},{MAX_CHARACTERS}}}$"),
                name="signatures_signature_text_form",
            ),
            models.CheckConstraint(
                condition=Q(status="DRAFT") | Q(submitted_at__isnull=False),
                name="signatures_signature_submitted_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["DRAFT", "SUBMITTED"]) | Q(judged_at__isnull=False),
                name="signatures_signature_judged_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(judged_by=models.F("applied_by")),
                name="signatures_signature_four_eyes",
            ),
        ]
        indexes = [
            models.Index(
                fields=["submitted_at", "id"],
                condition=Q(status="SUBMITTED"),
                name="signatures_signature_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"【{self.text}】"


def proof_path(proof: "ProofDocument", _name: str) -> str:
    """Return where a proof is kept: a name of our own, never the uploader's."""
    return f"proofs/{uuid7().hex}.{EXTENSIONS[proof.content_type]}"


class ProofDocumentQuerySet(models.QuerySet["ProofDocument"]):
    """Proofs by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the proofs of the partners that `user` works for; staff see all."""
        if user.is_staff:
            return self
        return self.filter(signature__account__partner__memberships__user=user)


@pghistory.track()
class ProofDocument(models.Model):
    """A paper uploaded with a signature: cleaned by `common.uploads`, never changed after."""

    signature = models.ForeignKey(
        Signature, models.PROTECT, related_name="proofs", verbose_name=_("signature")
    )
    type = models.CharField(_("type"), max_length=24, choices=ProofType)
    file = models.FileField(_("file"), upload_to=proof_path)
    content_type = models.CharField(_("content type"), max_length=20)
    sha256 = models.CharField(
        "SHA-256", max_length=64, help_text=_("Of the bytes as they were uploaded.")
    )
    size = models.PositiveIntegerField(_("bytes"))
    uploaded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))

    objects = ProofDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof document")
        verbose_name_plural = _("proof documents")
        constraints = [
            models.UniqueConstraint(
                fields=["signature", "sha256"], name="signatures_proofdocument_same_file_once"
            ),
            models.CheckConstraint(
                condition=Q(content_type__in=list(EXTENSIONS)),
                name="signatures_proofdocument_content_type_known",
            ),
            models.CheckConstraint(
                condition=Q(type__in=ProofType.values), name="signatures_proofdocument_type_known"
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0), name="signatures_proofdocument_not_empty"
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="signatures_proof_same_file")]

    def __str__(self) -> str:
        return self.get_type_display()
