from datetime import UTC, datetime
from decimal import Decimal

import pytest

from apps.audit.actors import SYSTEM
from apps.rates.choices import NetworkClass, RateStatus
from apps.rates.models import CharacterStandard, RateTable
from apps.rates.services import character_standards, drafts, rate_tables
from tests.factories.partners import PartnerFactory
from tests.factories.rates import RateTableFactory, RateVersionFactory

pytestmark = pytest.mark.django_db

JUNE, JULY = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
TIERS = {1: Decimal("0.06"), 100_000: Decimal("0.05")}


class TestOpen:
    def test_opens_one_standard_table(self):
        rate_tables.open_standard(name="标准资费表", by=SYSTEM)

        with pytest.raises(rate_tables.RateTableExistsError):
            rate_tables.open_standard(name="另一标准", by=SYSTEM)

    def test_opens_one_table_per_partner(self):
        partner = PartnerFactory()
        rate_tables.open_for_partner(partner=partner, name="青禾资费", by=SYSTEM)

        with pytest.raises(rate_tables.RateTableExistsError):
            rate_tables.open_for_partner(partner=partner, name="青禾资费二", by=SYSTEM)
        with pytest.raises(rate_tables.RateTableExistsError):
            rate_tables.open_for_partner(partner=PartnerFactory(), name="青禾资费", by=SYSTEM)
        assert RateTable.objects.count() == 1


class TestDraftVersion:
    def test_writes_its_tiers(self):
        version = rate_tables.draft_version(
            table=RateTableFactory(), starts_at=JUNE, tiers=TIERS, by=SYSTEM
        )

        assert version.status == RateStatus.DRAFT
        assert version.tiers.count() == 2

    @pytest.mark.parametrize("tiers", [{}, {-1: Decimal(1)}, {1: Decimal(0)}])
    def test_refuses_tiers_without_sense(self, tiers):
        with pytest.raises(drafts.RateTiersError):
            rate_tables.draft_version(
                table=RateTableFactory(), starts_at=JUNE, tiers=tiers, by=SYSTEM
            )


class TestPublish:
    def draft(self, starts_at):
        return rate_tables.draft_version(
            table=RateTableFactory(), starts_at=starts_at, tiers=TIERS, by=SYSTEM
        )

    def test_ends_the_version_before(self):
        old, new = RateVersionFactory(), self.draft(JUNE)

        rate_tables.publish(version_id=new.pk, by=SYSTEM, at=JUNE)

        old.refresh_from_db()
        assert old.ends_at == JUNE

    def test_refuses_a_second_time(self):
        with pytest.raises(drafts.RateVersionPublishedError):
            rate_tables.publish(version_id=RateVersionFactory().pk, by=SYSTEM, at=JUNE)

    def test_refuses_to_start_before_a_published_one(self):
        RateVersionFactory(starts_at=JULY)

        with pytest.raises(rate_tables.RateVersionOverlapError):
            rate_tables.publish(version_id=self.draft(JUNE).pk, by=SYSTEM, at=JUNE)


class TestCharacterStandard:
    def replace(self, starts_at):
        return character_standards.replace(
            network_class=NetworkClass.PHS,
            single_characters=60,
            part_characters=57,
            starts_at=starts_at,
            by=SYSTEM,
        )

    def test_replaces_from_a_moment_on(self):
        new = self.replace(JULY)

        phs = CharacterStandard.objects.filter(network_class=NetworkClass.PHS)
        assert phs.active_on(JULY).get() == new
        assert new not in phs.active_on(JUNE)

    def test_refuses_to_start_before_another(self):
        self.replace(JULY)

        with pytest.raises(character_standards.CharacterStandardOverlapError):
            self.replace(JUNE)
