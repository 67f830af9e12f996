from datetime import timedelta

import pytest

from apps.pledges import queries
from tests.factories.pledges import SPRING, PledgeFactory

pytestmark = pytest.mark.django_db
HEALTH = {"customer__industry": "HEALTH"}


class TestWaiting:
    def test_begins_with_what_is_due_first(self):
        late = PledgeFactory(submitted=True, due_at=SPRING + timedelta(hours=5))
        early = PledgeFactory(submitted=True, due_at=SPRING + timedelta(hours=3))
        PledgeFactory(approved=True)

        assert [each.pledge for each in queries.waiting()] == [early, late]

    def test_reads_all_of_them_at_once(self, django_assert_num_queries):
        PledgeFactory.create_batch(5, submitted=True)

        with django_assert_num_queries(1):
            assert len({each.pledge.customer.partner.name for each in queries.waiting()}) == 5


class TestHistoryOfApplicant:
    def test_counts_how_earlier_ones_ended(self):
        partner = PledgeFactory(approved=True).customer.partner
        PledgeFactory(rejected=True, customer__partner=partner)
        PledgeFactory(rejected=True)

        history = queries.history_of_applicant(partner)

        assert history.counts == {"APPROVED": 1, "REJECTED": 1}
        assert len(history.newest) == 2


class TestSimilarDecisions:
    def test_begins_with_the_same_scan_and_then_the_likest(self):
        pledge = PledgeFactory(submitted=True, audience="预约患者", sha256="a" * 64, **HEALTH)
        like = PledgeFactory(approved=True, audience="预约患者", **HEALTH)
        less = PledgeFactory(rejected=True, audience="本市全部车主", **HEALTH)
        same_scan = PledgeFactory(rejected=True, sha256="a" * 64, samples=["别的"])

        found = queries.similar_decisions(pledge)

        assert [each.round.pledge for each in found] == [same_scan, like, less]
        assert [each.is_same_file for each in found] == [True, False, False]

    def test_leaves_out_the_customers_own_and_what_is_not_decided(self):
        pledge = PledgeFactory(submitted=True)
        PledgeFactory(approved=True, customer=pledge.customer)
        PledgeFactory(submitted=True)

        assert queries.similar_decisions(pledge) == []
