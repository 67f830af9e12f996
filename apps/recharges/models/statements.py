"""Bank statements: how each bank writes them, and the files that were taken in."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.audit.separations import Hands
from apps.common.ids import uuid7
from apps.recharges.choices import ImportStatus
from apps.recharges.statements.lines import Format
from apps.users.models import User


class BankProfileQuerySet(models.QuerySet["BankProfile"]):
    """Bank accounts by whether statements may be read by them."""

    def confirmed(self) -> Self:
        """Keep those that a second person confirmed."""
        return self.filter(confirmed_at__isnull=False)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class BankProfile(models.Model):
    """One of the gateway's bank accounts, and how its bank writes statements.

    Entered by one person, and confirmed by another before any statement is read by it. The mapping
    is the one of the last file that was taken in; the next file begins with it.
    """

    name = models.CharField(_("name"), max_length=60, unique=True)
    bank_account = models.CharField(
        _("bank account"), max_length=40, unique=True, help_text=_("Digits and letters only.")
    )
    mapping = models.JSONField(_("columns"), default=dict, blank=True)
    entered_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("entered by")
    )
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)

    objects = BankProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank")
        verbose_name_plural = _("banks")
        constraints = [
            models.CheckConstraint(
                condition=Q(bank_account__regex=r"^[0-9A-Za-z]{4,40}$"),
                name="recharges_bankprofile_account_form",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.bank_account[-4:]}"

    def hands(self) -> Hands:
        """Return who entered it, for the table of separations."""
        return {"statements.open_profile": [self.entered_by_id]}


def statement_path(_statement: "StatementImport", _name: str) -> str:
    """Return where a statement is kept: a name of our own, never the uploader's."""
    return f"statements/{uuid7().hex}"


@pghistory.track()
class StatementImport(models.Model):
    """A statement file that somebody uploaded: looked at first, then taken in whole or not at all.

    The file is kept as it was sent. The preview is made from it anew each time, so that it shows
    what the database has by then; the counts are written when it is taken in.
    """

    Status = ImportStatus

    profile = models.ForeignKey(
        BankProfile, models.PROTECT, related_name="imports", verbose_name=_("bank")
    )
    file = models.FileField(_("file"), upload_to=statement_path)
    file_name = models.CharField(_("file name"), max_length=100)
    sha256 = models.CharField("SHA-256", max_length=64)
    format = models.CharField(_("format"), max_length=9, choices=Format)
    mapping = models.JSONField(_("columns"), default=dict, blank=True)
    status = models.CharField(
        _("status"), max_length=9, choices=ImportStatus, default=ImportStatus.PREVIEWED
    )
    uploaded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    mapped_by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("columns chosen by"),
        help_text=_("None while the columns are those that were found, or of the file before."),
    )
    stored_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("taken in by")
    )
    stored_at = models.DateTimeField(_("taken in at"), null=True)
    new_count = models.PositiveIntegerField(_("new credits"), default=0)
    known_count = models.PositiveIntegerField(_("credits known before"), default=0)
    debit_count = models.PositiveIntegerField(_("debits left out"), default=0)
    new_yuan = models.DecimalField(_("new money, yuan"), max_digits=14, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("statement import")
        verbose_name_plural = _("statement imports")
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "sha256"],
                condition=Q(status="PREVIEWED"),
                name="recharges_statementimport_one_preview_per_file",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ImportStatus.values),
                name="recharges_statementimport_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status="STORED", stored_at__isnull=False)
                | ~Q(status="STORED") & Q(stored_at__isnull=True, new_count=0),
                name="recharges_statementimport_stored_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
