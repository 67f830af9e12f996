"""What is kept on file of an agreement: the PDF as issued, and the stamped copies."""

from typing import Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.agreements.choices import AgreementStatus, Side
from apps.agreements.models.agreements import Agreement
from apps.common.ids import uuid7
from apps.common.uploads import EXTENSIONS
from apps.users.models import User


class SignedCopyQuerySet(models.QuerySet["SignedCopy"]):
    """Copies by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the copies of the partners that `user` works for; staff see all."""
        if user.is_staff:
            return self
        return self.filter(agreement__partner__memberships__user=user).exclude(
            agreement__status=AgreementStatus.DRAFT
        )


def copy_path(copy: "SignedCopy", _name: str) -> str:
    """Return where a copy is kept: a name of our own, never the uploader's."""
    return f"agreements/copies/{uuid7().hex}.{EXTENSIONS[copy.content_type]}"


@pghistory.track()
class SignedCopy(models.Model):
    """The paper with one side's signature and seal, scanned: cleaned, then never changed.

    A better scan is added beside the first, which stays.
    """

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="copies", verbose_name=_("agreement")
    )
    side = models.CharField(_("signature and seal"), max_length=7, choices=Side)
    file = models.FileField(_("file"), upload_to=copy_path)
    content_type = models.CharField(_("content type"), max_length=20)
    sha256 = models.CharField(
        "SHA-256", max_length=64, help_text=_("Of the bytes as they were uploaded.")
    )
    size = models.PositiveIntegerField(_("bytes"))
    uploaded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))

    objects = SignedCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("signed copy")
        verbose_name_plural = _("signed copies")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "side", "sha256"],
                name="agreements_signedcopy_same_file_once",
            ),
            models.CheckConstraint(
                condition=Q(side__in=Side.values), name="agreements_signedcopy_side_known"
            ),
            models.CheckConstraint(
                condition=Q(content_type__in=list(EXTENSIONS)),
                name="agreements_signedcopy_content_type_known",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="agreements_signedcopy_not_empty"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return str(self.get_side_display())
