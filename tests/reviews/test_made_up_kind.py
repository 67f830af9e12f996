"""Whatever is registered can be handed in, claimed, urged, judged, warned of and expired."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from apps.common.clock import local_date
from apps.common.errors import ConflictError, NotFoundError
from apps.reviews import tasks
from apps.reviews.errors import (
    ApplicationChangedError,
    OwnApplicationError,
    ReasonMissingError,
    UrgedLatelyError,
    WrongStateError,
)
from apps.reviews.models import Claim
from apps.reviews.services import claims, ends, judging, submissions
from tests.factories.signatures import SPRING
from tests.factories.users import StaffFactory, UserFactory
from tests.reviews import permits as made_up

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TODAY = local_date(SPRING)


@pytest.fixture
def applicant(db):
    return UserFactory()


@pytest.fixture
def reviewer(db):
    return StaffFactory(reviewer=True).as_actor()


@pytest.fixture
def permit(permits, applicant):
    """A permit that was handed in."""
    made = permits.model.objects.create(
        holder="青禾软件", line="SMS", scan="permit.pdf", valid_until=TODAY + timedelta(days=7),
        entered_by=applicant, entered_at=SPRING,
    )  # fmt: skip
    return submissions.hand_in(permits, made.pk, by=applicant.as_actor(), at=SPRING)


def test_costs_less_than_eighty_lines():
    assert len(Path(made_up.__file__).read_text().splitlines()) < 80


class TestHandedIn:
    def test_gets_a_numbered_round_with_its_paper(self, permits, permit):
        opened = permits.waiting_round(permit)

        assert (str(opened), opened.scan) == ("XK20260302-0001-1", "permit.pdf")
        assert (permit.status, permit.due_at) == ("SUBMITTED", SPRING + 2 * HOUR)

    def test_is_refused_without_its_paper(self, permits, permit, applicant):
        by = applicant.as_actor()
        submissions.withdraw(permits, permit.pk, by=by, at=SPRING)
        permits.model.objects.update(scan="")

        with pytest.raises(ConflictError):
            submissions.hand_in(permits, permit.pk, by=by, at=SPRING)

    def test_goes_on_with_its_work_order_after_a_refusal(
        self, permits, permit, reviewer, applicant
    ):
        judging.reject(permits, permit.pk, reasons=["BLURRED"], by=reviewer, at=SPRING)
        submissions.hand_in(permits, permit.pk, by=applicant.as_actor(), at=SPRING)

        assert str(permits.waiting_round(permit)) == "XK20260302-0001-2"

    def test_is_urged_after_an_hour_and_tells_so(self, permits, permit, applicant):
        by = applicant.as_actor()
        submissions.urge(permits, permit.pk, by=by, at=SPRING + HOUR)

        assert permits.told == ["submitted", "urged"]
        with pytest.raises(UrgedLatelyError):
            submissions.urge(permits, permit.pk, by=by, at=SPRING + HOUR)


class TestJudged:
    def test_whoever_entered_it_does_not_take_it(self, permits, permit, applicant):
        with pytest.raises(OwnApplicationError):
            judging.take(permits, permit.pk, by=applicant.as_actor(), at=SPRING)

    def test_what_somebody_took_is_kept_from_others(self, permits, permit, reviewer):
        judging.take(permits, permit.pk, by=reviewer, at=SPRING)
        other = StaffFactory(reviewer=True).as_actor()

        with pytest.raises(claims.ClaimedByAnotherError):
            judging.approve(permits, permit.pk, by=other, at=SPRING)

    def test_an_approval_ends_round_and_claim(self, permits, permit, reviewer):
        judging.take(permits, permit.pk, by=reviewer, at=SPRING)
        approved = judging.approve(permits, permit.pk, by=reviewer, at=SPRING)

        assert (approved.status, approved.due_at) == ("APPROVED", None)
        assert permits.rounds_of(permit).get().judged_by_id == reviewer.user_id
        assert not Claim.objects.exists()
        with pytest.raises(NotFoundError):
            judging.take(permits, permit.pk, by=reviewer, at=SPRING)

    def test_another_round_than_was_looked_at_is_not_judged(self, permits, permit, reviewer):
        with pytest.raises(ApplicationChangedError):
            judging.approve(permits, permit.pk, by=reviewer, at=SPRING, version="0")

    def test_another_reason_needs_words(self, permits, permit, reviewer):
        with pytest.raises(ReasonMissingError):
            judging.reject(permits, permit.pk, reasons=["BLURRED", "OTHER"], by=reviewer, at=SPRING)

    def test_a_revocation_stands(self, permits, permit, reviewer):
        judging.approve(permits, permit.pk, by=reviewer, at=SPRING)
        judging.revoke(permits, permit.pk, by=reviewer, at=SPRING, reason="收到投诉")

        with pytest.raises(WrongStateError):
            judging.revoke(permits, permit.pk, by=reviewer, at=SPRING, reason="收到投诉")


class TestEnding:
    def test_is_warned_of_once_and_expires_on_its_day(self, permits, permit, reviewer):
        judging.approve(permits, permit.pk, by=reviewer, at=SPRING)

        assert permits.list_ending(TODAY) == [permit.pk]
        assert [each.threshold_days for each in ends.warn(permits, permit.pk, at=SPRING)] == [7]
        assert ends.warn(permits, permit.pk, at=SPRING) == []
        expired = ends.expire(permits, permit.pk, at=SPRING + timedelta(days=7))
        assert expired.status == "EXPIRED"
        assert permits.told[-2:] == ["expiring", "expired"]

    def test_the_clock_finds_it(self, permits, permit, reviewer):
        judging.approve(permits, permit.pk, by=reviewer, at=SPRING)

        with time_machine.travel(SPRING + timedelta(days=8), tick=False):
            tasks.watch_ends(timestamp=0)

        permit.refresh_from_db()
        assert permit.status == "EXPIRED"
