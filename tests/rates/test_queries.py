from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from apps.rates.choices import RateStatus
from apps.rates.queries import prices as queries
from tests.factories.partners import PartnerFactory
from tests.factories.rates import RateTableFactory, RateVersionFactory

pytestmark = pytest.mark.django_db

JUNE = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def partner():
    return PartnerFactory()


def own_version(partner, **fields):
    return RateVersionFactory(
        table=RateTableFactory(partner=partner), tiers={1: Decimal("0.04")}, **fields
    )


class TestRateVersion:
    def test_is_the_standard_one_without_a_table_of_its_own(self, partner):
        standard = RateVersionFactory()
        own_version(PartnerFactory())

        assert queries.rate_version(partner_id=partner.pk, at=JUNE) == standard

    def test_is_the_partners_own_when_it_has_one(self, partner):
        RateVersionFactory()
        own = own_version(partner)

        assert queries.rate_version(partner_id=partner.pk, at=JUNE) == own

    def test_is_the_one_in_force_at_the_moment(self, partner):
        old = RateVersionFactory(ends_at=JUNE)
        new = RateVersionFactory(starts_at=JUNE)

        before = JUNE - timedelta(microseconds=1)
        assert queries.rate_version(partner_id=partner.pk, at=before) == old
        assert queries.rate_version(partner_id=partner.pk, at=JUNE) == new

    def test_refuses_when_only_a_draft_exists(self, partner):
        RateVersionFactory(status=RateStatus.DRAFT)

        with pytest.raises(queries.NoRateError):
            queries.rate_version(partner_id=partner.pk, at=JUNE)


class TestPrice:
    def test_of_an_amount_names_version_and_tier(self, partner):
        version = RateVersionFactory()

        quote = queries.price_for_amount(
            partner_id=partner.pk, amount_yuan=Decimal("10000.00"), at=JUNE
        )

        assert quote.version == version
        assert (quote.price.segments, quote.price.unit_price_yuan) == (200_000, Decimal("0.05"))
        assert version.tiers.get(pk=quote.price.tier.id).from_segments == 100_000

    def test_of_a_quantity(self, partner):
        own_version(partner)

        quote = queries.price_for_quantity(partner_id=partner.pk, segments=50_000, at=JUNE)

        assert quote.price.amount_yuan == Decimal("2000.0000")

    def test_refuses_less_than_the_lowest_tier(self, partner):
        RateVersionFactory(tiers={1_000: Decimal("0.06")})

        with pytest.raises(queries.BelowLowestTierError):
            queries.price_for_quantity(partner_id=partner.pk, segments=999, at=JUNE)
