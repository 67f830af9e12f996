"""Prepaid credit, counted in segments.

Every account has one `Balance` of four buckets with `issued = available + held + spent`, all at
least zero, held by a CHECK: credit can neither appear nor vanish nor go below zero, whatever the
code does. Every movement is one `LedgerEntry`, numbered without gaps per account and append-only.
The buckets are the sum of the entries; `verify_ledger` recomputes them.

The buckets stand in a table of their own, beside `partners.Account`, because the row changes with
every send: history rows, foreign-key locks and a wide tuple would make it slow.
"""

from typing import Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.ledger.choices import About, Bucket, EntryKind
from apps.partners.models import Account, Partner
from apps.users.models import User

MAX_NOTE = 100


class Balance(models.Model):
    """The four buckets of one account. Written only together with entries; missing means zero."""

    account = models.OneToOneField(
        Account, models.PROTECT, primary_key=True, related_name="balance", verbose_name=_("account")
    )
    issued = models.BigIntegerField(_("issued"), default=0)
    available = models.BigIntegerField(_("available"), default=0)
    held = models.BigIntegerField(_("held"), default=0)
    spent = models.BigIntegerField(_("spent"), default=0)
    entry_count = models.BigIntegerField(default=0, help_text="The sequence of the newest entry.")

    class Meta:
        verbose_name = _("balance")
        verbose_name_plural = _("balances")
        constraints = [
            models.CheckConstraint(
                condition=Q(issued=F("available") + F("held") + F("spent")),
                name="ledger_balance_buckets_add_up",
            ),
            models.CheckConstraint(
                condition=Q(available__gte=0, held__gte=0, spent__gte=0, entry_count__gte=0),
                name="ledger_balance_never_below_zero",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.available}"


class LedgerEntry(models.Model):
    """One movement of segments from a bucket to another, written in the act's transaction.

    Nobody may change or delete one; a mistake is corrected by a new entry. In the database the
    primary key is (account, sequence), so that the table can be sharded by account.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    account = models.ForeignKey(
        Account, models.DO_NOTHING, db_constraint=False, db_index=False, verbose_name=_("account")
    )
    sequence = models.BigIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind)
    from_bucket = models.CharField(_("from"), max_length=9, choices=Bucket)
    to_bucket = models.CharField(_("to"), max_length=9, choices=Bucket)
    segments = models.BigIntegerField(_("segments"))
    available_after = models.BigIntegerField(_("available after"))
    about = models.CharField(_("about"), max_length=10, choices=About)
    about_id = models.CharField(max_length=40)
    note = models.CharField(_("note"), max_length=200, blank=True, db_default="")
    actor = models.CharField(_("by"), max_length=150, blank=True, db_default="")
    created_at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        constraints = [
            models.CheckConstraint(
                condition=Q(segments__gt=0) & ~Q(from_bucket=F("to_bucket")),
                name="ledger_ledgerentry_moves_something",
            ),
            models.CheckConstraint(
                condition=Q(available_after__gte=0), name="ledger_ledgerentry_never_below_zero"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.account_id}#{self.sequence}"


class TransferQuerySet(models.QuerySet["Transfer"]):
    """Transfers by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the transfers of the partners that `user` works for; staff see all."""
        return self if user.is_staff else self.filter(partner__memberships__user=user)


class Transfer(models.Model):
    """Segments that a partner moved between its own account and a customer's; append-only.

    Written with its two entries, one in each account, which name it in `about_id`.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="transfers", verbose_name=_("partner")
    )
    source = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("from"))
    target = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("to"))
    segments = models.BigIntegerField(_("segments"))
    note = models.CharField(_("note"), max_length=MAX_NOTE, blank=True)
    actor = models.CharField(_("by"), max_length=150)
    created_at = models.DateTimeField(_("at"))

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints = [
            models.CheckConstraint(
                condition=Q(segments__gt=0) & ~Q(source=F("target")),
                name="ledger_transfer_moves_something",
            )
        ]
        indexes = [models.Index(fields=["partner", "-id"], name="ledger_transfer_of_partner")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}: {self.segments}"


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=pghistory.AnyChange("alert_below")),
    fields=["account", "alert_below"],
    model_name="BalanceAlertEvent",
)
class BalanceAlert(models.Model):
    """Below how many segments a partner wants to be warned, and whether it has been.

    A row of its own beside the balance, so that looking after it never waits for a send. `is_low`
    rises with the warning and falls when the account is above again: one warning a crossing.
    """

    account = models.OneToOneField(
        Account,
        models.PROTECT,
        primary_key=True,
        related_name="balance_alert",
        verbose_name=_("account"),
    )
    alert_below = models.BigIntegerField(_("alert below"), null=True, blank=True)
    is_low = models.BooleanField(_("is low"), default=False)
    changed_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("low-balance warning")
        verbose_name_plural = _("low-balance warnings")
        constraints = [
            models.CheckConstraint(
                condition=Q(alert_below__isnull=True, is_low=False) | Q(alert_below__gt=0),
                name="ledger_balancealert_threshold_above_zero",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.alert_below}"


class DailySpending(models.Model):
    """What an account spent on a day of Asia/Shanghai, refunds taken off; for forecasts.

    Added up by a task from entries up to the account's `SpendingMark`, each once. A day on which
    only other movements happened has a row of zero.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    segments = models.BigIntegerField()

    class Meta:
        verbose_name = _("daily spending")
        verbose_name_plural = _("daily spendings")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "day"], name="ledger_dailyspending_one_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.day}: {self.segments}"


class SpendingMark(models.Model):
    """Up to which entry an account's spending is added up."""

    account = models.OneToOneField(Account, models.PROTECT, primary_key=True, related_name="+")
    through_sequence = models.BigIntegerField()

    class Meta:
        verbose_name = _("spending mark")
        verbose_name_plural = _("spending marks")

    def __str__(self) -> str:
        return f"{self.account_id}#{self.through_sequence}"


class DailySeal(models.Model):
    """A day's link in an account's hash chain over its entries; append-only.

    The digest covers the previous digest and every entry after the previous seal up to
    `through_sequence`, so an entry that is changed, added or removed later breaks the chain.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="seals")
    day = models.DateField()
    through_sequence = models.BigIntegerField()
    digest = models.BinaryField(max_length=32)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("daily seal")
        verbose_name_plural = _("daily seals")
        constraints = [
            models.UniqueConstraint(fields=["account", "day"], name="ledger_dailyseal_one_a_day"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.day}"
