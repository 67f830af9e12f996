"""The paper that says what was credited for which money."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.common.ids import uuid7
from apps.recharges.models.recharges import Recharge
from apps.users.models import User


class ReceiptQuerySet(models.QuerySet["RechargeReceipt"]):
    """Receipts by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the receipts of the partners that `user` works for; staff see all."""
        if user.is_staff:
            return self
        return self.filter(recharge__account__partner__memberships__user=user)


def receipt_path(_receipt: "RechargeReceipt", _name: str) -> str:
    """Return where a receipt is kept."""
    return f"receipts/{uuid7().hex}.pdf"


class RechargeReceipt(models.Model):
    """The PDF of a recharge, signed by the gateway; written once, and never changed.

    `printed` is everything that it was made of, as it was on that day.
    """

    recharge = models.OneToOneField(
        Recharge, models.PROTECT, related_name="receipt", verbose_name=_("recharge")
    )
    file = models.FileField(_("file"), upload_to=receipt_path)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField(_("bytes"))
    printed = models.JSONField(_("printed values"))
    created_at = models.DateTimeField(_("created at"))

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("recharge receipt")
        verbose_name_plural = _("recharge receipts")
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex="^[0-9a-f]{64}$", size__gt=0) & ~Q(file=""),
                name="recharges_rechargereceipt_is_there",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.recharge.number
