"""Papers uploaded with a signature."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.common.ids import uuid7
from apps.common.uploads import EXTENSIONS
from apps.signatures.choices import ProofType
from apps.signatures.models.signatures import Signature
from apps.signatures.rules.papers import Paper
from apps.users.models import User


def proof_path(proof: "ProofDocument", _name: str) -> str:
    """Return where a proof is kept: a name of our own, never the uploader's."""
    return f"proofs/{uuid7().hex}.{EXTENSIONS[proof.content_type]}"


class ProofDocumentQuerySet(models.QuerySet["ProofDocument"]):
    """Proofs by who may see them and by whether they are still with the application."""

    def visible_to(self, user: User) -> Self:
        """Keep the proofs of the partners that `user` works for; staff see all."""
        if user.is_staff:
            return self
        return self.filter(signature__account__partner__memberships__user=user)

    def present(self) -> Self:
        """Keep those that nobody took out or replaced."""
        return self.filter(removed_at=None)


@pghistory.track()
class ProofDocument(models.Model):
    """A paper uploaded with a signature: cleaned by `common.uploads`, its bytes never changed after.

    Taking it out or replacing it leaves the row, with the moment; the rounds that were submitted
    with it keep it.
    """

    signature = models.ForeignKey(
        Signature, models.PROTECT, related_name="proofs", verbose_name=_("signature")
    )
    type = models.CharField(_("type"), max_length=25, choices=ProofType)
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("On that day it holds no longer; empty for papers without an end."),
    )
    file = models.FileField(_("file"), upload_to=proof_path)
    content_type = models.CharField(_("content type"), max_length=20)
    sha256 = models.CharField(
        "SHA-256", max_length=64, help_text=_("Of the bytes as they were uploaded.")
    )
    stored_sha256 = models.CharField(_("SHA-256 of the kept bytes"), max_length=64, blank=True)
    size = models.PositiveIntegerField(_("bytes"))
    page_count = models.PositiveSmallIntegerField(_("pages"), default=1)
    name = models.CharField(_("file name"), max_length=255, blank=True)
    uploaded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    replaces = models.ForeignKey(
        "self", models.PROTECT, related_name="replacements", null=True, verbose_name=_("replaces")
    )
    removed_at = models.DateTimeField(_("removed at"), null=True)

    objects = ProofDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof document")
        verbose_name_plural = _("proof documents")
        constraints = [
            models.UniqueConstraint(
                fields=["signature", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="signatures_proofdocument_same_file_once",
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

    def as_paper(self) -> Paper:
        """Return what the rules of papers need."""
        return Paper(key=f"proof:{self.pk}", type=self.type, valid_until=self.valid_until)
