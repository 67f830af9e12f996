"""First recharges that signed agreements call for."""

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.partners.models import Account
from apps.recharges.choices import ExpectedStatus
from apps.recharges.models.recharges import Recharge
from apps.users.models import User


class ExpectedRechargeQuerySet(models.QuerySet["ExpectedRecharge"]):
    """Expected first recharges by who may see them and by what is to be done."""

    def visible_to(self, user: User) -> Self:
        """Keep those of the partners that `user` works for; staff see all."""
        return self if user.is_staff else self.filter(account__partner__memberships__user=user)

    def due_by(self, day: date) -> Self:
        """Keep what is still to be paid and due on `day` or before, the longest due first."""
        return self.filter(status=ExpectedStatus.OPEN, due_on__lte=day).order_by("due_on", "pk")


@pghistory.track()
class ExpectedRecharge(models.Model):
    """The first recharge of an agreement, due on the day of signing (agreement clause 10).

    Opened when the agreement is activated, met by the first recharge of the account that is
    confirmed, whatever its amount, or cancelled by a person with a reason.
    """

    Status = ExpectedStatus

    account = models.ForeignKey(
        Account, models.PROTECT, related_name="expected_recharges", verbose_name=_("account")
    )
    agreement_number = models.CharField(_("agreement number"), max_length=40)
    amount_yuan = models.DecimalField(_("amount, yuan"), max_digits=12, decimal_places=2)
    due_on = models.DateField(_("due on"))
    status = models.CharField(
        _("status"), max_length=9, choices=ExpectedStatus, default=ExpectedStatus.OPEN
    )
    status_reason = models.CharField(_("reason of the status"), max_length=200, blank=True)
    recharge = models.OneToOneField(
        Recharge,
        models.PROTECT,
        related_name="expected",
        null=True,
        verbose_name=_("recharge"),
        help_text=_("The recharge that met it."),
    )
    opened_at = models.DateTimeField(_("opened at"))

    objects = ExpectedRechargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("expected first recharge")
        verbose_name_plural = _("expected first recharges")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement_number"], name="recharges_expectedrecharge_one_per_agreement"
            ),
            models.CheckConstraint(
                condition=Q(amount_yuan__gt=0), name="recharges_expectedrecharge_amount_above_zero"
            ),
            models.CheckConstraint(
                condition=Q(status__in=ExpectedStatus.values),
                name="recharges_expectedrecharge_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status="MET", recharge__isnull=False)
                | ~Q(status="MET") & Q(recharge__isnull=True),
                name="recharges_expectedrecharge_met_has_recharge",
            ),
            models.CheckConstraint(
                condition=~Q(status="CANCELLED") | ~Q(status_reason=""),
                name="recharges_expectedrecharge_cancelled_with_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["account", "id"],
                condition=Q(status="OPEN"),
                name="recharges_expected_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement_number} {self.amount_yuan}"
