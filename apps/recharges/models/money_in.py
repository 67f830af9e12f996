"""What partners say they paid, and what the bank says came in."""

from datetime import datetime
from typing import Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from apps.common.ids import uuid7
from apps.common.uploads import EXTENSIONS
from apps.partners.models import Account
from apps.recharges.choices import BankEntryStatus, RechargeStatus, RemittanceStatus
from apps.recharges.models.matches import Match
from apps.recharges.models.statements import StatementImport
from apps.users.models import User


class BankEntryQuerySet(models.QuerySet["BankEntry"]):
    """Bank entries by who may see them and by what is to be done."""

    def visible_to(self, user: User) -> Self:
        """Staff see all; a partner sees those that credited its accounts."""
        if user.is_staff:
            return self
        own = self.model.objects.filter(recharges__account__partner__memberships__user=user)
        return self.filter(pk__in=own.values("pk"))

    def unmatched(self) -> Self:
        """Keep the money that waits for its account, the oldest first."""
        return self.filter(status=BankEntryStatus.UNMATCHED).order_by("received_at", "pk")

    def free(self) -> Self:
        """Keep the unmatched money that no recharge is proposed from, the oldest first."""
        return self.unmatched().exclude(recharges__status=RechargeStatus.PENDING)

    def late(self, at: datetime) -> Self:
        """Keep what was not credited or put aside by when it was due."""
        return self.filter(due_at__lt=Coalesce("settled_at", at))


@pghistory.track()
class BankEntry(models.Model):
    """A credit line of the gateway's bank statement; its money never changes.

    Typed by a person of finance, or read from the bank's file. The bank's serial number is unique
    per bank account, so a line cannot be entered twice. A line without one has a fingerprint of its
    content in its place, and a number that tells equal lines apart (`~3f…-2`).

    The clock of agreement clause 11: found when it is entered (or free again after it was booked
    wrongly), to be credited by `due_at`, settled when it is credited or put aside.
    """

    Status = BankEntryStatus

    bank_account = models.CharField(
        _("bank account"), max_length=40, help_text=_("The gateway's account that was credited.")
    )
    serial = models.CharField(_("bank's serial number"), max_length=64)
    payer = models.CharField(_("payer"), max_length=100, blank=True)
    amount_yuan = models.DecimalField(_("amount, yuan"), max_digits=12, decimal_places=2)
    received_at = models.DateTimeField(_("received at"))
    reference = models.CharField(_("reference"), max_length=200, blank=True)
    status = models.CharField(
        _("status"), max_length=9, choices=BankEntryStatus, default=BankEntryStatus.UNMATCHED
    )
    status_reason = models.CharField(_("reason of the status"), max_length=200, blank=True)
    payer_account = models.CharField(_("payer's account"), max_length=40, blank=True)
    statement = models.ForeignKey(
        StatementImport,
        models.PROTECT,
        related_name="entries",
        null=True,
        verbose_name=_("statement"),
        help_text=_("The bank's file that it was read from; none when a person typed it."),
    )
    entered_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"))
    found_at = models.DateTimeField(_("found at"))
    due_at = models.DateTimeField(_("to be credited by"))
    settled_at = models.DateTimeField(_("settled at"), null=True)

    objects = BankEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank entry")
        verbose_name_plural = _("bank entries")
        constraints = [
            models.UniqueConstraint(
                fields=["bank_account", "serial"], name="recharges_bankentry_one_per_serial"
            ),
            models.CheckConstraint(
                condition=Q(amount_yuan__gt=0), name="recharges_bankentry_amount_above_zero"
            ),
            models.CheckConstraint(
                condition=Q(status__in=BankEntryStatus.values),
                name="recharges_bankentry_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["RETURNED", "DISCARDED"]) | ~Q(status_reason=""),
                name="recharges_bankentry_put_aside_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(status="UNMATCHED", settled_at__isnull=True)
                | ~Q(status="UNMATCHED") & Q(settled_at__isnull=False),
                name="recharges_bankentry_settled_has_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["received_at", "id"],
                condition=Q(status="UNMATCHED"),
                name="recharges_bankentry_unmatched",
            ),
            models.Index(fields=["due_at", "id"], name="recharges_bankentry_due"),
        ]

    def __str__(self) -> str:
        return f"{self.serial} {self.payer} {self.amount_yuan}"


class LateCreditQuerySet(models.QuerySet["LateCredit"]):
    """Breaches of the same-day clock by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Staff see all; partners none: whose money it is was not known."""
        return self if user.is_staff else self.none()


class LateCredit(models.Model):
    """Money that was not credited or put aside by when it was due; one row a breach, for good."""

    bank_entry = models.ForeignKey(
        BankEntry, models.PROTECT, related_name="late_credits", verbose_name=_("bank entry")
    )
    due_at = models.DateTimeField(_("to be credited by"))
    noticed_at = models.DateTimeField(_("noticed at"))

    objects = LateCreditQuerySet.as_manager()

    class Meta:
        verbose_name = _("late credit")
        verbose_name_plural = _("late credits")
        constraints = [
            models.UniqueConstraint(
                fields=["bank_entry", "due_at"], name="recharges_latecredit_noticed_once"
            )
        ]
        indexes = [models.Index(fields=["-due_at", "-id"], name="recharges_latecredit_newest")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.bank_entry} {self.due_at:%Y-%m-%d}"


class RemittanceQuerySet(models.QuerySet["Remittance"]):
    """Remittances by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the remittances of the partners that `user` works for; staff see all."""
        return self if user.is_staff else self.filter(account__partner__memberships__user=user)

    def waiting(self) -> Self:
        """Keep those whose money is still to be found, the oldest first."""
        return self.filter(status=RemittanceStatus.ENTERED).order_by("entered_at", "pk")


def voucher_path(remittance: "Remittance", _name: str) -> str:
    """Return where a voucher is kept: a name of our own, never the uploader's."""
    return f"vouchers/{uuid7().hex}.{EXTENSIONS[remittance.content_type]}"


@pghistory.track()
class Remittance(models.Model):
    """What a partner says it paid for an account, with the slip (agreement clause 11).

    A claim, not money: it credits nothing, and helps finance to find the bank entry. One that looks
    like another is kept as well, and says which it looks like.
    """

    Status = RemittanceStatus

    account = models.ForeignKey(
        Account, models.PROTECT, related_name="remittances", verbose_name=_("account")
    )
    amount_yuan = models.DecimalField(_("amount, yuan"), max_digits=12, decimal_places=2)
    paid_on = models.DateField(_("paid on"))
    payer = models.CharField(_("payer"), max_length=100)
    bank_reference = models.CharField(_("bank reference"), max_length=64, blank=True)
    voucher = models.FileField(_("voucher"), upload_to=voucher_path)
    content_type = models.CharField(_("content type"), max_length=20)
    sha256 = models.CharField(
        "SHA-256", max_length=64, help_text=_("Of the bytes as they were uploaded.")
    )
    status = models.CharField(
        _("status"), max_length=9, choices=RemittanceStatus, default=RemittanceStatus.ENTERED
    )
    status_reason = models.CharField(_("reason of the status"), max_length=200, blank=True)
    remedy = models.CharField(
        _("what to do"), max_length=200, blank=True, help_text=_("What the partner can do now.")
    )
    match = models.ForeignKey(
        Match, models.PROTECT, related_name="remittances", null=True, verbose_name=_("match")
    )
    looks_like = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("looks like"),
        help_text=_("An earlier one with the same slip, or the same payer, amount and day."),
    )
    entered_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"))

    objects = RemittanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("remittance")
        verbose_name_plural = _("remittances")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_yuan__gt=0), name="recharges_remittance_amount_above_zero"
            ),
            models.CheckConstraint(
                condition=Q(content_type__in=list(EXTENSIONS)),
                name="recharges_remittance_content_type_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=RemittanceStatus.values),
                name="recharges_remittance_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(status="REJECTED") | ~Q(status_reason="") & ~Q(remedy=""),
                name="recharges_remittance_rejected_with_remedy",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["MATCHED", "CREDITED"], match__isnull=False)
                | ~Q(status__in=["MATCHED", "CREDITED"]) & Q(match__isnull=True),
                name="recharges_remittance_found_has_match",
            ),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="recharges_remittance_same_file"),
            models.Index(
                fields=["entered_at", "id"],
                condition=Q(status="ENTERED"),
                name="recharges_remittance_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payer} {self.paid_on} {self.amount_yuan}"
