from datetime import timedelta

import pytest

from apps.signatures import queries
from tests.factories.partners import AccountFactory
from tests.factories.signatures import (
    SPRING,
    ProofDocumentFactory,
    RoundFactory,
    SignatureFactory,
)

pytestmark = pytest.mark.django_db


class TestWaiting:
    def test_puts_the_first_due_first_with_renewals_among_them(self):
        later = SignatureFactory(submitted=True)
        later.rounds.update(due_at=SPRING + timedelta(days=1))
        first = SignatureFactory(approved=True, renewing=True)
        SignatureFactory(approved=True)

        assert [each.signature for each in queries.waiting()] == [first, later]

    @pytest.mark.parametrize("rows", [2, 20])
    def test_takes_one_query(self, rows, django_assert_num_queries):
        SignatureFactory.create_batch(rows, submitted=True)

        with django_assert_num_queries(1):
            assert len({each.signature.account.partner.name for each in queries.waiting()}) == rows


class TestHistoryOfApplicant:
    def test_has_what_was_decided_and_not_what_waits(self):
        account = AccountFactory()
        good = SignatureFactory(account=account, approved=True, renewing=True)
        bad = SignatureFactory(account=account, rejected=True)
        SignatureFactory(approved=True)

        found = queries.history_of_applicant(account.partner_id)

        assert [each.signature for each in found] == [bad, good]


class TestSimilarDecisions:
    def decide(self, *texts):
        for text in texts:
            SignatureFactory(text=text, rejected=True)

    def test_puts_the_same_text_first_and_leaves_others_out(self):
        self.decide("云帆书店", "青禾软件有限", "青禾软件")

        found = queries.similar_decisions("青禾软件")

        assert [each.round.text for each in found] == ["青禾软件", "青禾软件有限"]
        assert [each.is_same for each in found] == [True, False]

    def test_does_not_mind_capitals(self):
        self.decide("QINGHE云")

        assert queries.similar_decisions("qinghe云")[0].is_same

    def test_leaves_out_the_signature_itself(self):
        mine = SignatureFactory(text="青禾软件", approved=True)

        assert queries.similar_decisions("青禾软件", apart_from=[mine.pk]) == []


class TestSameFiles:
    def test_names_other_partners_first(self):
        mine = ProofDocumentFactory(sha256="a" * 64)
        partner = mine.signature.account.partner
        own = ProofDocumentFactory(
            sha256="a" * 64, signature=SignatureFactory(account=mine.signature.account)
        )
        others = ProofDocumentFactory(sha256="a" * 64)

        found = queries.same_files(mine)

        assert [each.proof for each in found] == [others, own]
        assert [each.is_same_partner for each in found] == [False, True]
        assert own.signature.account.partner == partner


class TestDeadlines:
    def test_are_those_of_the_round_in_force_not_of_the_working_copy(self):
        signature = SignatureFactory(approved=True)
        old = ProofDocumentFactory(
            signature=signature, valid_until=SPRING.date() + timedelta(days=9)
        )
        old.removed_at = SPRING
        old.save()

        assert [each.key for each in queries.deadlines_of(signature)] == [f"proof:{old.pk}"]

    def test_follow_the_newest_approval(self):
        signature = SignatureFactory(approved=True, proved=True)
        RoundFactory(signature=signature, status="APPROVED", is_renewal=True)

        assert queries.round_in_force(signature).is_renewal
