"""Money turned into segments."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.common.clock import local_date
from apps.partners.models import Account
from apps.rates.models import RateTier, RateVersion
from apps.recharges.choices import RechargeStatus
from apps.recharges.models.matches import Match
from apps.recharges.models.money_in import BankEntry
from apps.users.models import User


class RechargeQuerySet(models.QuerySet["Recharge"]):
    """Recharges by who may see them and by what is to be done."""

    def visible_to(self, user: User) -> Self:
        """Keep the recharges of the partners that `user` works for; staff see all."""
        return self if user.is_staff else self.filter(account__partner__memberships__user=user)

    def waiting(self) -> Self:
        """Keep those that wait for a second person, the oldest first."""
        return self.filter(status=RechargeStatus.PENDING).order_by("entered_at", "pk")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Recharge(models.Model):
    """One bank entry turned into segments of one account, at a price that is kept with it.

    Proposed and confirmed; only then the segments are credited. Who may confirm: `rules`. One that
    was reversed leaves its bank entry free for another. `segments × unit price + remainder = amount`.
    """

    Status = RechargeStatus

    account = models.ForeignKey(
        Account, models.PROTECT, related_name="recharges", verbose_name=_("account")
    )
    bank_entry = models.ForeignKey(
        BankEntry, models.PROTECT, related_name="recharges", verbose_name=_("bank entry")
    )
    match = models.ForeignKey(
        Match,
        models.PROTECT,
        related_name="recharges",
        null=True,
        verbose_name=_("match"),
        help_text=_("What it is credited together with; none when it was proposed by itself."),
    )
    amount_yuan = models.DecimalField(_("amount, yuan"), max_digits=12, decimal_places=2)
    unit_price_yuan = models.DecimalField(_("yuan per segment"), max_digits=8, decimal_places=4)
    segments = models.BigIntegerField(_("segments"))
    remainder_yuan = models.DecimalField(
        _("remainder, yuan"),
        max_digits=8,
        decimal_places=4,
        help_text=_("What did not make a whole segment."),
    )
    rate_version = models.ForeignKey(
        RateVersion, models.PROTECT, related_name="+", verbose_name=_("rate version")
    )
    rate_tier = models.ForeignKey(
        RateTier, models.PROTECT, related_name="+", verbose_name=_("rate tier")
    )
    status = models.CharField(
        _("status"), max_length=9, choices=RechargeStatus, default=RechargeStatus.PENDING
    )
    entered_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"))
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)

    objects = RechargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("recharge")
        verbose_name_plural = _("recharges")
        constraints = [
            models.UniqueConstraint(
                fields=["bank_entry"],
                condition=~Q(status="REVERSED"),
                name="recharges_recharge_one_per_bank_entry",
            ),
            models.CheckConstraint(
                condition=Q(status__in=RechargeStatus.values),
                name="recharges_recharge_status_known",
            ),
            models.CheckConstraint(
                condition=Q(amount_yuan__gt=0, segments__gt=0, unit_price_yuan__gt=0),
                name="recharges_recharge_amounts_above_zero",
            ),
            models.CheckConstraint(
                condition=Q(
                    amount_yuan=F("segments") * F("unit_price_yuan") + F("remainder_yuan"),
                    remainder_yuan__gte=0,
                    remainder_yuan__lt=F("unit_price_yuan"),
                ),
                name="recharges_recharge_nothing_lost",
            ),
            models.CheckConstraint(
                condition=Q(status="PENDING", confirmed_at__isnull=True)
                | ~Q(status="PENDING") & Q(confirmed_at__isnull=False),
                name="recharges_recharge_confirmed_has_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["entered_at", "id"],
                condition=Q(status="PENDING"),
                name="recharges_recharge_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} +{self.segments}"

    @property
    def number(self) -> str:
        """What a person calls it by, such as CZ20260601-00012."""
        return f"CZ{local_date(self.entered_at):%Y%m%d}-{self.pk:05}"
