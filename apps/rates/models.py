"""Prices and character standards, in versions with periods that cannot overlap.

A period is `starts_at` and an open `ends_at`. What is published is never changed: a new version
starts where the old one ends. Overlaps are refused by the database.
"""

from datetime import datetime
from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

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

    name = models.CharField(_("name"), max_length=60, unique=True)
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
    """The tiers of a rate table over a period."""

    Status = RateStatus

    table = models.ForeignKey(
        RateTable, models.PROTECT, related_name="versions", verbose_name=_("rate table")
    )
    status = models.CharField(
        _("status"), max_length=9, choices=RateStatus, default=RateStatus.DRAFT
    )
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)

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
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.starts_at:%Y-%m-%d}"


@pghistory.track()
class RateTier(models.Model):
    """From so many segments bought at once, each costs this."""

    version = models.ForeignKey(RateVersion, models.CASCADE, related_name="tiers")
    from_segments = models.PositiveBigIntegerField(_("from segments"))
    unit_price_yuan = models.DecimalField(_("yuan per segment"), max_digits=8, decimal_places=4)

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
        ]

    def __str__(self) -> str:
        return f"≥{self.from_segments}: {self.unit_price_yuan}"
