"""Prices and character standards, in versions with periods that cannot overlap.

A period is `starts_at` and an open `ends_at`. What is published is never changed: a new version
starts where the old one ends. Overlaps are refused by the database.
"""

from datetime import datetime
from typing import Self

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from apps.common.clock import local_date
from apps.partners.models import Partner
from apps.rates.choices import NetworkClass, RateStatus


class TsTzRange(Func):
    """The period of a row as a range, for EXCLUDE constraints."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class OneId(Func):
    """A foreign key as a range of one, so that GiST excludes on it without an extension."""

    function = "INT8RANGE"


PERIOD = TsTzRange("starts_at", "ends_at", RangeBoundary())

# Of a published version only the end may still be written, once.
_ALTERS_PUBLISHED = """
    OLD.status = 'PUBLISHED' AND (
        (NEW.status, NEW.table_id, NEW.starts_at, NEW.revision)
            IS DISTINCT FROM (OLD.status, OLD.table_id, OLD.starts_at, OLD.revision)
        OR (OLD.ends_at IS NOT NULL AND NEW.ends_at IS DISTINCT FROM OLD.ends_at))
"""
# FOR SHARE waits for whoever publishes the version at this moment; the next statement sees it.
_REFUSE_IN_PUBLISHED = """
    PERFORM 1 FROM rates_rateversion WHERE id IN (
        CASE WHEN TG_OP <> 'INSERT' THEN OLD.version_id END,
        CASE WHEN TG_OP <> 'DELETE' THEN NEW.version_id END) FOR SHARE;
    IF EXISTS (SELECT 1 FROM rates_rateversion WHERE status = 'PUBLISHED' AND id IN (
        CASE WHEN TG_OP <> 'INSERT' THEN OLD.version_id END,
        CASE WHEN TG_OP <> 'DELETE' THEN NEW.version_id END)) THEN
        RAISE EXCEPTION 'pgtrigger: Cannot change the tiers of a published version';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


class CharacterStandardQuerySet(models.QuerySet["CharacterStandard"]):
    """Standards by the moment they hold."""

    def active_on(self, at: datetime) -> Self:
        """Keep the standards in force at `at`."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), starts_at__lte=at)


@pghistory.track()
class CharacterStandard(models.Model):
    """How many characters one segment has on a class of networks, from a moment on."""

    network_class = models.CharField(_("network class"), max_length=8, choices=NetworkClass)
    single_characters = models.PositiveSmallIntegerField(_("characters in a single segment"))
    part_characters = models.PositiveSmallIntegerField(_("characters in each of several"))
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)

    objects = CharacterStandardQuerySet.as_manager()

    class Meta:
        verbose_name = _("character standard")
        verbose_name_plural = _("character standards")
        constraints = [
            models.CheckConstraint(
                condition=Q(part_characters__gte=1, single_characters__gte=F("part_characters")),
                name="rates_characterstandard_sensible",
            ),
            *[
                ExclusionConstraint(
                    name=f"rates_characterstandard_no_overlap_{network_class}",
                    expressions=[(PERIOD, RangeOperators.OVERLAPS)],
                    condition=Q(network_class=network_class),
                )
                for network_class in ("mobile", "phs")
            ],
        ]

    def __str__(self) -> str:
        return f"{self.get_network_class_display()} {self.single_characters}/{self.part_characters}"


@pghistory.track()
class RateTable(models.Model):
    """A named list of prices: the standard one, or one that a partner has of its own."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        related_name="rate_tables",
        null=True,
        blank=True,
        verbose_name=_("partner"),
        help_text=_("Empty for the standard table."),
    )

    class Meta:
        verbose_name = _("rate table")
        verbose_name_plural = _("rate tables")
        constraints = [
            models.UniqueConstraint(
                models.Func(Value(1), function="ABS"),
                condition=Q(partner__isnull=True),
                name="rates_ratetable_one_standard",
            ),
            models.UniqueConstraint(fields=["partner"], name="rates_ratetable_one_per_partner"),
        ]

    def __str__(self) -> str:
        return self.name


class RateVersionQuerySet(models.QuerySet["RateVersion"]):
    """Versions by the moment they hold."""

    def active_on(self, at: datetime) -> Self:
        """Keep the published versions in force at `at`."""
        return self.filter(
            Q(ends_at__isnull=True) | Q(ends_at__gt=at),
            starts_at__lte=at,
            status=RateStatus.PUBLISHED,
        )


@pghistory.track()
class RateVersion(models.Model):
    """The tiers of a rate table over a period.

    A draft is edited as a whole, and `revision` counts how often, so that nobody overwrites what
    somebody else saved meanwhile. What is published stays as it is, but that its end is written
    once; a trigger sees to it.
    """

    Status = RateStatus

    table = models.ForeignKey(
        RateTable, models.PROTECT, related_name="versions", verbose_name=_("rate table")
    )
    status = models.CharField(
        _("status"), max_length=9, choices=RateStatus, default=RateStatus.DRAFT
    )
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=0)

    objects = RateVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("rate version")
        verbose_name_plural = _("rate versions")
        constraints = [
            ExclusionConstraint(
                name="rates_rateversion_no_overlap",
                expressions=[
                    (OneId(F("table"), F("table"), Value("[]")), RangeOperators.OVERLAPS),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
                condition=Q(status="PUBLISHED"),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="rates_rateversion_period_order",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.status = 'PUBLISHED'"),
            ),
            pgtrigger.Protect(
                name="published_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(_ALTERS_PUBLISHED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {local_date(self.starts_at)}"


@pghistory.track()
class RateTier(models.Model):
    """From so many segments bought at once, each costs this.

    The price is that of mobile networks, and it is what a purchase is reckoned at. PHS may cost
    a multiple of it or have a price of its own, not both; neither says that it costs the same.
    """

    version = models.ForeignKey(RateVersion, models.CASCADE, related_name="tiers")
    from_segments = models.PositiveBigIntegerField(_("from segments"))
    unit_price_yuan = models.DecimalField(_("yuan per segment"), max_digits=8, decimal_places=4)
    phs_factor = models.DecimalField(
        _("PHS, multiple of the price"), max_digits=6, decimal_places=4, null=True, blank=True
    )
    phs_unit_price_yuan = models.DecimalField(
        _("PHS, yuan per segment"), max_digits=8, decimal_places=4, null=True, blank=True
    )

    class Meta:
        verbose_name = _("rate tier")
        verbose_name_plural = _("rate tiers")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "from_segments"], name="rates_ratetier_one_per_quantity"
            ),
            models.CheckConstraint(
                condition=Q(unit_price_yuan__gt=0), name="rates_ratetier_price_above_zero"
            ),
            models.CheckConstraint(
                condition=Q(phs_factor__isnull=True, phs_unit_price_yuan__isnull=True)
                | Q(phs_factor__gt=0, phs_unit_price_yuan__isnull=True)
                | Q(phs_factor__isnull=True, phs_unit_price_yuan__gt=0),
                name="rates_ratetier_one_phs_price",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="published_is_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_REFUSE_IN_PUBLISHED,
            )
        ]

    def __str__(self) -> str:
        return f"≥{self.from_segments}: {self.unit_price_yuan}"
