"""Drafts edited as a whole, and what the database holds fast once they are published."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import ProgrammingError, transaction

from apps.audit.actors import SYSTEM
from apps.rates.choices import RateStatus
from apps.rates.drafting import TierDraft
from apps.rates.models import RateTier, RateVersion
from apps.rates.queries import prices as queries
from apps.rates.services import drafts, rate_tables
from tests.factories.partners import PartnerFactory
from tests.factories.rates import RateTableFactory, RateVersionFactory
from tests.racing import race

pytestmark = pytest.mark.django_db

JUNE, JULY = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
ROWS = [
    TierDraft(from_segments=1, unit_price_yuan=Decimal("0.07"), phs_factor=Decimal("1.2")),
    TierDraft(from_segments=50_000, unit_price_yuan=Decimal("0.05")),
]


def begin(starts_at=JUNE, table=None):
    return drafts.begin(table=table or RateTableFactory(), starts_at=starts_at, by=SYSTEM)


def save(version, rows=ROWS, revision=0, starts_at=JUNE):
    return drafts.save(
        version_id=version.pk, revision=revision, starts_at=starts_at, tiers=rows, by=SYSTEM
    )


def publish(version, at=JUNE):
    return rate_tables.publish(version_id=version.pk, by=SYSTEM, at=at)


class TestBegin:
    def test_takes_the_prices_of_the_newest_version(self):
        RateVersionFactory()

        assert drafts.drafts_of(begin()) == [
            TierDraft(from_segments=1, unit_price_yuan=Decimal("0.06")),
            TierDraft(from_segments=100_000, unit_price_yuan=Decimal("0.05")),
        ]

    def test_is_empty_in_a_new_table(self):
        assert drafts.drafts_of(begin()) == []


class TestSave:
    def test_makes_the_tiers_what_was_typed(self):
        RateVersionFactory()
        version = begin()

        save(version, starts_at=JULY)

        version.refresh_from_db()
        assert drafts.drafts_of(version) == ROWS
        assert (version.starts_at, version.revision) == (JULY, 1)

    def test_keeps_the_row_of_a_quantity_that_stays(self):
        RateVersionFactory()
        version = begin()
        first = version.tiers.get(from_segments=1).pk

        save(version)

        assert version.tiers.get(from_segments=1).pk == first

    def test_names_the_cells_that_are_wrong_and_writes_nothing(self):
        RateVersionFactory()
        version = begin()

        with pytest.raises(drafts.RateTiersError) as refused:
            save(version, [*ROWS, ROWS[0]])

        assert [(f.row, f.field) for f in refused.value.data["faults"]] == [(2, "from_segments")]
        assert version.tiers.filter(from_segments=100_000).exists()

    def test_needs_a_tier(self):
        with pytest.raises(drafts.RateTiersError):
            save(begin(), [])

    def test_refuses_when_somebody_else_saved_meanwhile(self):
        version = begin()
        save(version)

        with pytest.raises(drafts.RateDraftChangedError):
            save(version)

    def test_refuses_what_is_published(self):
        with pytest.raises(drafts.RateVersionPublishedError):
            save(RateVersionFactory())


class TestDiscard:
    def test_throws_a_draft_away(self):
        version = begin()

        drafts.discard(version_id=version.pk, by=SYSTEM)

        assert not RateVersion.objects.filter(pk=version.pk).exists()

    def test_refuses_what_is_published(self):
        with pytest.raises(drafts.RateVersionPublishedError):
            drafts.discard(version_id=RateVersionFactory().pk, by=SYSTEM)


class TestPublish:
    def test_needs_tiers(self):
        with pytest.raises(drafts.RateTiersError):
            publish(begin())

    def test_never_holds_for_the_past(self):
        RateVersionFactory()

        assert publish(begin(JUNE), at=JULY).starts_at == JULY

    def test_refuses_to_start_before_a_set_end(self):
        own = RateTableFactory(partner=PartnerFactory())
        RateVersionFactory(table=own, ends_at=JULY)

        with pytest.raises(rate_tables.RateVersionOverlapError):
            publish(begin(JUNE, table=own))


class TestPublished:
    """What the database refuses, whoever asks."""

    @pytest.fixture
    def version(self):
        return RateVersionFactory()

    @pytest.mark.parametrize(
        "change",
        [
            {"starts_at": JUNE},
            {"status": RateStatus.DRAFT},
            {"revision": 7},
        ],
        ids=["start", "status", "revision"],
    )
    def test_is_not_altered(self, version, change):
        with pytest.raises(ProgrammingError):
            RateVersion.objects.filter(pk=version.pk).update(**change)

    def test_gets_its_end_once(self, version):
        RateVersion.objects.filter(pk=version.pk).update(ends_at=JUNE)

        with pytest.raises(ProgrammingError):
            RateVersion.objects.filter(pk=version.pk).update(ends_at=JULY)

    def test_is_not_deleted(self, version):
        with pytest.raises(ProgrammingError):
            RateVersion.objects.filter(pk=version.pk)._raw_delete("default")

    @pytest.mark.parametrize(
        "write",
        [
            lambda tiers: tiers.update(unit_price_yuan=Decimal("0.01")),
            lambda tiers: tiers._raw_delete("default"),
            lambda tiers: RateTier.objects.create(
                version=tiers[0].version, from_segments=5, unit_price_yuan=Decimal("0.06")
            ),
        ],
        ids=["update", "delete", "insert"],
    )
    def test_keeps_its_tiers(self, version, write):
        with pytest.raises(ProgrammingError), transaction.atomic():
            write(RateTier.objects.filter(version=version))

        assert [tier.unit_price_yuan for tier in queries.tiers(version)] == [
            Decimal("0.06"),
            Decimal("0.05"),
        ]


class TestOwnPrices:
    @pytest.fixture
    def partner(self):
        RateVersionFactory()
        return PartnerFactory()

    def own_version(self, partner):
        table = rate_tables.own_table(partner=partner, by=SYSTEM)
        version = begin(JUNE, table=table)
        save(version)
        return publish(version)

    def test_are_in_one_table_however_often_it_is_asked_for(self, partner):
        first = rate_tables.own_table(partner=partner, by=SYSTEM)

        assert rate_tables.own_table(partner=partner, by=SYSTEM) == first
        assert queries.table_of(partner.pk) == first

    def test_go_before_the_standard_ones_until_they_end(self, partner):
        own = self.own_version(partner)

        rate_tables.end_own(partner=partner, ends_at=JULY, by=SYSTEM)

        before = JULY - timedelta(seconds=1)
        assert queries.rate_version(partner_id=partner.pk, at=before) == own
        assert queries.rate_version(partner_id=partner.pk, at=JULY).table.partner is None

    def test_are_not_ended_twice(self, partner):
        self.own_version(partner)
        rate_tables.end_own(partner=partner, ends_at=JULY, by=SYSTEM)

        with pytest.raises(rate_tables.OwnPricesNotOpenError):
            rate_tables.end_own(partner=partner, ends_at=JULY, by=SYSTEM)


@pytest.mark.django_db(transaction=True)
class TestRace:
    def test_of_two_saves_has_one_winner(self):
        version = begin()

        answers = race(*[lambda: save(version)] * 3)

        refused = [answer for answer in answers if isinstance(answer, Exception)]
        assert [type(error) for error in refused] == [drafts.RateDraftChangedError] * 2
        assert version.tiers.count() == 2

    def test_of_publishing_with_saving_never_changes_what_is_published(self):
        version = begin()
        save(version)
        changed = [TierDraft(from_segments=9, unit_price_yuan=Decimal("0.09"))]

        published, saved = race(
            lambda: publish(version), lambda: save(version, changed, revision=1)
        )

        assert not isinstance(published, Exception)
        expected = ROWS if isinstance(saved, Exception) else changed
        assert drafts.drafts_of(version) == expected

    def test_of_publishing_with_a_tier_written_past_the_services_ends_without_it(self):
        version = begin()
        save(version)

        def slip_in():
            tier = {"from_segments": 9, "unit_price_yuan": Decimal("0.06")}
            RateTier.objects.create(version_id=version.pk, **tier)

        published, slipped = race(lambda: publish(version), slip_in)

        assert not isinstance(published, Exception)
        assert version.tiers.count() == (2 if isinstance(slipped, ProgrammingError) else 3)
