"""Rate tables with published tiers."""

from datetime import UTC, datetime
from decimal import Decimal

import factory

from apps.rates.choices import RateStatus
from apps.rates.models import RateTable, RateTier, RateVersion


class RateTableFactory(factory.django.DjangoModelFactory):
    """The standard table; there is one, so a second call returns it."""

    class Meta:
        model = RateTable
        django_get_or_create = ("partner",)

    name = factory.LazyAttribute(lambda table: str(table.partner or "标准资费表"))
    partner = None


class RateVersionFactory(factory.django.DjangoModelFactory):
    """The version of the standard table that is published from 2026 on without end.

    `tiers` are {from segments: yuan}; 0.06, and 0.05 from 100 000, unless others are given.
    """

    class Meta:
        model = RateVersion
        django_get_or_create = ("table", "starts_at")

    table = factory.SubFactory(RateTableFactory)
    status = RateStatus.PUBLISHED
    starts_at = datetime(2026, 1, 1, tzinfo=UTC)
    tiers = None

    @classmethod
    def _create(cls, model_class, *args, status, tiers, **kwargs):
        """Write the tiers before it is published: afterwards the database takes none."""
        version = super()._create(model_class, *args, status=RateStatus.DRAFT, **kwargs)
        if version.tiers.exists():
            return version
        prices = tiers or {1: Decimal("0.06"), 100_000: Decimal("0.05")}
        for from_segments, unit_price_yuan in prices.items():
            RateTier.objects.create(
                version=version, from_segments=from_segments, unit_price_yuan=unit_price_yuan
            )
        version.status = status
        version.save(update_fields=["status"])
        return version
