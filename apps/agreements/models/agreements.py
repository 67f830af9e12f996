"""Agreements with partners, their numbers and the warnings of their end."""

from datetime import date
from typing import Self

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from apps.agreements.choices import UNDER_WAY, AgreementStatus, RefundRule
from apps.agreements.models.documents import IssuedDocument
from apps.agreements.models.templates import AgreementTemplate
from apps.partners.models import Partner
from apps.rates.models import OneId, RateTable
from apps.users.models import User


class DateRange(Func):
    """The term of a row as a range, for EXCLUDE constraints."""

    function = "DATERANGE"
    output_field = DateRangeField()


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Agreements by who may see them and by the day they hold."""

    def visible_to(self, user: User) -> Self:
        """Keep what was issued to the partners that `user` works for; staff see all, drafts too."""
        if user.is_staff:
            return self
        return self.filter(partner__memberships__user=user).exclude(status=AgreementStatus.DRAFT)

    def in_force_on(self, day: date) -> Self:
        """Keep the agreements in force on a day of Asia/Shanghai: at most one per partner."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=day),
            starts_on__lte=day,
            status=AgreementStatus.ACTIVE,
        )

    def over_on(self, day: date) -> Self:
        """Keep the active ones whose term has ended by a day of Asia/Shanghai."""
        return self.filter(status=AgreementStatus.ACTIVE, ends_on__lte=day)

    def running_out_by(self, day: date) -> Self:
        """Keep the active ones that end by a day, with no renewal activated to follow them."""
        return self.filter(status=AgreementStatus.ACTIVE, ends_on__lte=day).exclude(
            renewals__status=AgreementStatus.ACTIVE
        )

    def under_way(self) -> Self:
        """Keep those that hold, or that are on their way there."""
        return self.filter(status__in=UNDER_WAY)


# What stands on the issued paper. The end may still come earlier, when a renewal takes over.
_ON_PAPER = (
    "partner_id",
    "number",
    "template_id",
    "document_id",
    "renews_id",
    "starts_on",
    "refund_rule",
    "rate_table_id",
    "signature_text",
    "base_fee_yuan",
    "first_recharge_segments",
    "first_recharge_unit_price_yuan",
    "first_recharge_amount_yuan",
    "mobile_characters",
    "phs_characters",
)
_ALTERS_PAPER = f"""
    OLD.document_id IS NOT NULL AND (
        ({", ".join(f"NEW.{column}" for column in _ON_PAPER)})
            IS DISTINCT FROM ({", ".join(f"OLD.{column}" for column in _ON_PAPER)})
        OR COALESCE(NEW.ends_on, 'infinity') > COALESCE(OLD.ends_on, 'infinity'))
"""


@pghistory.track()
class Agreement(models.Model):
    """A contract with one partner; the blanks of the form, and where it stands.

    Drafted and issued by staff, who write down that the partner signed; activated by another
    member of staff. What is issued is not changed any more, only carried from state to state.
    One without template and document was drawn up on paper before they were kept here.
    """

    Status = AgreementStatus

    number = models.CharField(  # noqa: DJ001 - null says: not issued yet; "" would not be unique
        _("number"), max_length=12, unique=True, null=True, editable=False
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="agreements", verbose_name=_("partner")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=AgreementStatus, default=AgreementStatus.DRAFT
    )
    status_reason = models.CharField(_("reason of the status"), max_length=200, blank=True)
    template = models.ForeignKey(
        AgreementTemplate,
        models.PROTECT,
        related_name="agreements",
        null=True,
        blank=True,
        verbose_name=_("template"),
    )
    document = models.OneToOneField(
        IssuedDocument,
        models.PROTECT,
        related_name="agreement",
        null=True,
        editable=False,
        verbose_name=_("document"),
    )
    renews = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="renewals",
        null=True,
        blank=True,
        verbose_name=_("renewal of"),
    )
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(
        _("ends on"),
        null=True,
        blank=True,
        help_text=_("The first day on which it no longer holds; empty for an open end."),
    )
    refund_rule = models.CharField(
        _("refund"), max_length=10, choices=RefundRule, default=RefundRule.ON_REJECT
    )
    rate_table = models.ForeignKey(
        RateTable,
        models.PROTECT,
        related_name="agreements",
        null=True,
        blank=True,
        verbose_name=_("rate table"),
        help_text=_("Empty for the standard table."),
    )
    signature_text = models.CharField(
        _("SMS signature"), max_length=32, blank=True, help_text=_("Without the brackets.")
    )
    base_fee_yuan = models.DecimalField(
        _("base fee, yuan per segment"), max_digits=8, decimal_places=4, null=True, blank=True
    )
    first_recharge_segments = models.PositiveBigIntegerField(
        _("first recharge, segments"), null=True, blank=True
    )
    first_recharge_unit_price_yuan = models.DecimalField(
        _("first recharge, yuan per segment"),
        max_digits=8,
        decimal_places=4,
        null=True,
        blank=True,
    )
    first_recharge_amount_yuan = models.DecimalField(
        _("first recharge, yuan"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    mobile_characters = models.PositiveSmallIntegerField(
        _("characters per segment, mobile networks"), null=True, blank=True
    )
    phs_characters = models.PositiveSmallIntegerField(
        _("characters per segment, PHS"), null=True, blank=True
    )
    drafted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("drafted by")
    )
    drafted_at = models.DateTimeField(_("drafted at"))
    issued_at = models.DateTimeField(_("issued at"), null=True)
    signed_at = models.DateTimeField(_("signed at"), null=True)
    activated_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("activated by")
    )
    activated_at = models.DateTimeField(_("activated at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            ExclusionConstraint(
                name="agreements_agreement_one_in_force",
                expressions=[
                    (OneId(F("partner"), F("partner"), Value("[]")), RangeOperators.OVERLAPS),
                    (DateRange("starts_on", "ends_on", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(status="ACTIVE"),
            ),
            models.CheckConstraint(
                condition=Q(status__in=AgreementStatus.values),
                name="agreements_agreement_status_known",
            ),
            models.CheckConstraint(
                condition=Q(refund_rule__in=RefundRule.values),
                name="agreements_agreement_refund_rule_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="agreements_agreement_period_order",
            ),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9]{4}-[0-9]{4,7}$"),
                name="agreements_agreement_number_form",
            ),
            models.CheckConstraint(
                condition=Q(status="DRAFT", number__isnull=True, issued_at__isnull=True)
                | ~Q(status="DRAFT") & Q(number__isnull=False, issued_at__isnull=False),
                name="agreements_agreement_issued_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["ACTIVE", "EXPIRED", "SUPERSEDED"])
                | Q(signed_at__isnull=False, activated_at__isnull=False),
                name="agreements_agreement_active_was_signed",
            ),
            models.CheckConstraint(
                condition=~Q(activated_by=F("drafted_by")), name="agreements_agreement_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(
                    first_recharge_segments__isnull=True,
                    first_recharge_unit_price_yuan__isnull=True,
                )
                | Q(
                    first_recharge_segments__isnull=False,  # or NULL would pass the CHECK
                    first_recharge_unit_price_yuan__isnull=False,
                    first_recharge_segments__gt=0,
                    first_recharge_unit_price_yuan__gt=0,
                ),
                name="agreements_agreement_first_recharge_whole",
            ),
            models.CheckConstraint(
                condition=Q(status="DRAFT")
                | Q(first_recharge_amount_yuan__isnull=True)
                | Q(
                    first_recharge_segments__isnull=False,
                    first_recharge_amount_yuan=F("first_recharge_segments")
                    * F("first_recharge_unit_price_yuan"),
                ),
                name="agreements_agreement_first_recharge_amount",
            ),
            models.CheckConstraint(
                condition=Q(status="DRAFT", document__isnull=True)
                | ~Q(status="DRAFT") & Q(document__isnull=False)
                | ~Q(status="DRAFT") & Q(template__isnull=True),
                name="agreements_agreement_issued_has_document",
            ),
            models.CheckConstraint(
                condition=~Q(renews=F("id")), name="agreements_agreement_renews_another"
            ),
            models.UniqueConstraint(
                fields=["renews"],
                condition=Q(status__in=sorted(UNDER_WAY)),
                name="agreements_agreement_one_renewal",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="issued_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(_ALTERS_PAPER),
            )
        ]

    def __str__(self) -> str:
        return self.number or str(_("Draft agreement"))


class ExpiryWarning(models.Model):
    """That the end of an agreement was told of so many days ahead; written once, never changed."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="warnings")
    days = models.PositiveSmallIntegerField(_("days ahead"))
    given_at = models.DateTimeField(_("given at"))

    class Meta:
        verbose_name = _("expiry warning")
        verbose_name_plural = _("expiry warnings")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "days"], name="agreements_expirywarning_each_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.days}"


class NumberCounter(models.Model):
    """The last agreement number of a year. Locked while one is issued, so that none is skipped."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("agreement number counter")
        verbose_name_plural = _("agreement number counters")

    def __str__(self) -> str:
        return f"{self.year}-{self.last_number:04d}"
