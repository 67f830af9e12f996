from datetime import UTC, datetime, timedelta

import pytest

from apps.audit.actors import SYSTEM
from apps.common.errors import NotAllowedError
from apps.reviews.models import Claim
from apps.reviews.queries import claims_on
from apps.reviews.services import claims
from tests.factories.users import StaffFactory
from tests.racing import race

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=10)
LAPSED = NOW + claims.CLAIMED_FOR
SUBJECT = {"queue": "signatures", "subject_id": "42"}


@pytest.fixture
def li_na(db):
    return StaffFactory(reviewer=True).as_actor()


@pytest.fixture
def wang_wei(db):
    return StaffFactory(reviewer=True, last_name="王", first_name="伟").as_actor()


class TestTake:
    def test_claims_for_half_an_hour(self, li_na):
        claim = claims.take(**SUBJECT, by=li_na, at=NOW)

        assert claim.claimed_by_id == li_na.user_id
        assert (claim.claimed_at, claim.lapses_at) == (NOW, NOW + timedelta(minutes=30))

    def test_tells_a_second_person_who_is_at_it_and_until_when(self, li_na, wang_wei):
        claims.take(**SUBJECT, by=li_na, at=NOW)

        with pytest.raises(claims.ClaimedByAnotherError) as refused:
            claims.take(**SUBJECT, by=wang_wei, at=LATER)

        assert refused.value.data["holder"] == "李娜"
        assert refused.value.data["until"] == LAPSED
        assert "10:30" in str(refused.value)

    def test_prolongs_ones_own(self, li_na):
        claims.take(**SUBJECT, by=li_na, at=NOW)

        claim = claims.take(**SUBJECT, by=li_na, at=LATER)

        assert (claim.claimed_at, claim.lapses_at) == (NOW, LATER + claims.CLAIMED_FOR)

    def test_takes_over_what_lapsed(self, li_na, wang_wei):
        claims.take(**SUBJECT, by=li_na, at=NOW)

        claim = claims.take(**SUBJECT, by=wang_wei, at=LAPSED)

        assert (claim.claimed_by_id, claim.claimed_at) == (wang_wei.user_id, LAPSED)

    def test_keeps_queues_apart(self, li_na, wang_wei):
        claims.take(**SUBJECT, by=li_na, at=NOW)

        claims.take(queue="pledges", subject_id="42", by=wang_wei, at=NOW)

        assert Claim.objects.count() == 2

    def test_is_for_people(self, db):
        with pytest.raises(NotAllowedError):
            claims.take(**SUBJECT, by=SYSTEM, at=NOW)


class TestRelease:
    def test_lets_the_next_person_have_it(self, li_na, wang_wei):
        claims.take(**SUBJECT, by=li_na, at=NOW)

        claims.release(**SUBJECT, by=li_na, at=LATER)

        assert claims.take(**SUBJECT, by=wang_wei, at=LATER).claimed_by_id == wang_wei.user_id

    def test_refuses_another_persons(self, li_na, wang_wei):
        claims.take(**SUBJECT, by=li_na, at=NOW)

        with pytest.raises(claims.ClaimedByAnotherError):
            claims.release(**SUBJECT, by=wang_wei, at=LATER)

    def test_is_content_where_there_is_none(self, li_na):
        claims.release(**SUBJECT, by=li_na, at=NOW)

        assert not Claim.objects.exists()


class TestRequire:
    def test_passes_what_is_free(self, li_na):
        claims.require(**SUBJECT, by=li_na, at=NOW)

    def test_passes_ones_own(self, li_na):
        claims.take(**SUBJECT, by=li_na, at=NOW)

        claims.require(**SUBJECT, by=li_na, at=LATER)

    def test_passes_what_lapsed(self, li_na, wang_wei):
        claims.take(**SUBJECT, by=li_na, at=NOW)

        claims.require(**SUBJECT, by=wang_wei, at=LAPSED)

    @pytest.mark.parametrize("stranger", ["wang_wei", "system"])
    def test_refuses_anothers(self, li_na, wang_wei, stranger):
        claims.take(**SUBJECT, by=li_na, at=NOW)

        with pytest.raises(claims.ClaimedByAnotherError):
            claims.require(**SUBJECT, by={"wang_wei": wang_wei, "system": SYSTEM}[stranger], at=NOW)


def test_a_judged_subject_is_free_again(li_na, wang_wei):
    claims.take(**SUBJECT, by=li_na, at=NOW)

    claims.drop(**SUBJECT)

    assert claims.take(**SUBJECT, by=wang_wei, at=NOW).claimed_by_id == wang_wei.user_id


class TestClaimsOn:
    def test_names_the_holders_of_many_in_one_query(self, li_na, django_assert_num_queries):
        for number in range(5):
            claims.take(queue="signatures", subject_id=str(number), by=li_na, at=NOW)

        with django_assert_num_queries(1):
            found = claims_on(queue="signatures", subject_ids=["1", "3", "9"], at=LATER)
            assert {key: claim.claimed_by.display_name for key, claim in found.items()} == {
                "1": "李娜", "3": "李娜",
            }  # fmt: skip

    def test_leaves_out_what_lapsed(self, li_na):
        claims.take(**SUBJECT, by=li_na, at=NOW)

        assert claims_on(queue="signatures", subject_ids=["42"], at=LAPSED) == {}


@pytest.mark.django_db(transaction=True)
class TestRace:
    def test_one_of_two_gets_it(self):
        people = [StaffFactory(reviewer=True).as_actor() for _person in range(4)]

        answers = race(*[lambda by=by: claims.take(**SUBJECT, by=by, at=NOW) for by in people])

        refused = [each for each in answers if isinstance(each, claims.ClaimedByAnotherError)]
        [claim] = [each for each in answers if isinstance(each, Claim)]
        assert len(refused) == 3
        assert Claim.objects.get() == claim

    def test_one_of_two_takes_over_what_lapsed(self):
        people = [StaffFactory(reviewer=True).as_actor() for _person in range(3)]
        claims.take(**SUBJECT, by=people[0], at=NOW)

        answers = race(
            *[lambda by=by: claims.take(**SUBJECT, by=by, at=LAPSED) for by in people[1:]]
        )

        assert [type(each) for each in answers].count(Claim) == 1
