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
    """The version of the standard table that is published from 2026 on without end."""

    class Meta:
        model = RateVersion
        django_get_or_create = ("table", "starts_at")
        skip_postgeneration_save = True

    table = factory.SubFactory(RateTableFactory)
    status = RateStatus.PUBLISHED
    starts_at = datetime(2026, 1, 1, tzinfo=UTC)

    @factory.post_generation
    def tiers(version, create, extracted, **kwargs):  # noqa: N805 - factory_boy passes the object
        """Give it the tiers {from segments: yuan}, or 0.06 and 0.05 from 100 000."""
        if version.tiers.exists():
            return
        prices = extracted or {1: Decimal("0.06"), 100_000: Decimal("0.05")}
        for from_segments, unit_price_yuan in prices.items():
            RateTier.objects.create(
                version=version, from_segments=from_segments, unit_price_yuan=unit_price_yuan
            )
