"""The PDF of an agreement, as it was issued."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.common.ids import uuid7
from apps.users.models import User


class IssuedDocumentQuerySet(models.QuerySet["IssuedDocument"]):
    """Documents by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the documents of the partners that `user` works for; staff see all."""
        return self if user.is_staff else self.filter(agreement__partner__memberships__user=user)


def document_path(_document: "IssuedDocument", _name: str) -> str:
    """Return where a document is kept."""
    return f"agreements/{uuid7().hex}.pdf"


class IssuedDocument(models.Model):
    """A PDF that carries the gateway's digital signature; written when issued, never changed.

    `printed` is everything that it was made of, as it was on that day: the particulars of both
    parties, the clauses and the values of their blanks.
    """

    file = models.FileField(_("file"), upload_to=document_path)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField(_("bytes"))
    printed = models.JSONField(_("printed values"))
    created_at = models.DateTimeField(_("created at"))

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("issued document")
        verbose_name_plural = _("issued documents")
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex="^[0-9a-f]{64}$", size__gt=0) & ~Q(file=""),
                name="agreements_issueddocument_is_there",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.printed['title']} {self.printed['number']}"
