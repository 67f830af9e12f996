from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from apps.common.models import OutboxEvent
from apps.partners.services import customers
from apps.pledges.choices import REMEDIES, RejectionReason
from apps.pledges.models import Pledge, PledgeRound
from apps.pledges.services.kinds import (
    PLEDGES,
    OwnPledgeError,
    PledgePeriodError,
    PledgeReasonMissingError,
    PledgeStateError,
    Validity,
)
from apps.reviews.choices import RoundStatus
from apps.reviews.models import Claim
from apps.reviews.services import claims, judging
from tests.factories.partners import CustomerFactory, MembershipFactory
from tests.factories.pledges import SPRING, PledgeFactory
from tests.factories.users import StaffFactory, UserFactory
from tests.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer():
    return StaffFactory(reviewer=True).as_actor()


def event_payload(name):
    return OutboxEvent.objects.get(name=name).payload


class TestApprove:
    def test_holds_for_a_year_from_today(self, reviewer):
        pledge = PledgeFactory(submitted=True)

        pledge = judging.approve(PLEDGES, pledge.pk, by=reviewer, at=SPRING)

        assert (pledge.valid_from, pledge.valid_until) == (date(2026, 3, 2), date(2027, 3, 2))

    def test_a_renewal_goes_on_from_the_end_of_the_old_one(self, reviewer):
        old = PledgeFactory(approved=True, valid_until=date(2026, 3, 20))
        renewal = PledgeFactory(submitted=True, customer=old.customer, renews=old)

        renewal = judging.approve(PLEDGES, renewal.pk, by=reviewer, at=SPRING)

        assert renewal.valid_until == date(2027, 3, 20)
        assert Pledge.objects.in_force_on(date(2026, 3, 3)).count() == 2

    def test_takes_the_dates_that_the_reviewer_gives(self, reviewer):
        pledge = judging.approve(
            PLEDGES,
            PledgeFactory(submitted=True).pk,
            by=reviewer,
            at=SPRING,
            terms=Validity(valid_from=date(2026, 4, 1), valid_until=date(2026, 7, 1)),
        )

        assert (pledge.valid_from, pledge.valid_until) == (date(2026, 4, 1), date(2026, 7, 1))

    @pytest.mark.parametrize("until", [date(2026, 3, 2), date(2025, 1, 1)])
    def test_refuses_an_end_that_is_not_ahead(self, reviewer, until):
        with pytest.raises(PledgePeriodError):
            judging.approve(
                PLEDGES,
                PledgeFactory(submitted=True).pk,
                by=reviewer,
                at=SPRING,
                terms=Validity(valid_until=until),
            )

    def test_refuses_whoever_filed_it(self):
        staff = StaffFactory()
        pledge = PledgeFactory(submitted=True, entered_by=staff, submitted_by=UserFactory())

        with pytest.raises(OwnPledgeError):
            judging.approve(PLEDGES, pledge.pk, by=staff.as_actor(), at=SPRING)

    def test_refuses_whoever_handed_it_in(self):
        staff = StaffFactory()
        pledge = PledgeFactory(submitted=True, submitted_by=staff)

        with pytest.raises(OwnPledgeError):
            judging.approve(PLEDGES, pledge.pk, by=staff.as_actor(), at=SPRING)

    def test_refuses_what_another_reviewer_is_at(self, reviewer):
        pledge = PledgeFactory(submitted=True)
        other = StaffFactory(reviewer=True).as_actor()
        claims.take(queue="pledges", subject_id=str(pledge.pk), by=other, at=SPRING)

        with pytest.raises(claims.ClaimedByAnotherError):
            judging.approve(PLEDGES, pledge.pk, by=reviewer, at=SPRING)

    def test_refuses_a_customer_that_was_closed_meanwhile(self, reviewer):
        pledge = PledgeFactory(submitted=True, customer=CustomerFactory(closed=True))

        with pytest.raises(customers.CustomerStateError):
            judging.approve(PLEDGES, pledge.pk, by=reviewer, at=SPRING)

    def test_ends_the_round_and_the_claim(self, reviewer):
        pledge = PledgeFactory(submitted=True)
        claims.take(queue="pledges", subject_id=str(pledge.pk), by=reviewer, at=SPRING)

        judging.approve(PLEDGES, pledge.pk, by=reviewer, at=SPRING)

        kept = pledge.rounds.get()
        assert (kept.status, kept.judged_by_id) == (RoundStatus.APPROVED, reviewer.id)
        assert not Claim.objects.exists()

    def test_tells_from_when_until_when(self, reviewer):
        pledge = judging.approve(PLEDGES, PledgeFactory(submitted=True).pk, by=reviewer, at=SPRING)

        payload = event_payload("pledge.approved")
        assert payload["customer"] == pledge.customer.name
        assert (payload["number"], payload["valid_until"]) == (pledge.number, "2027-03-02")


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_once_decide_once():
    pledge = PledgeFactory(submitted=True)
    first, second = (StaffFactory(reviewer=True).as_actor() for _each in range(2))

    answers = race(
        lambda: judging.approve(PLEDGES, pledge.pk, by=first, at=SPRING),
        lambda: judging.reject(
            PLEDGES, pledge.pk, reasons=[RejectionReason.ILLEGIBLE], by=second, at=SPRING
        ),
    )

    assert sum(isinstance(each, PledgeStateError) for each in answers) == 1
    assert OutboxEvent.objects.count() == 1


class TestReject:
    @pytest.mark.parametrize(
        "answer", [{"reasons": []}, {"reasons": [RejectionReason.OTHER], "remark": " "}]
    )
    def test_needs_a_reason_that_says_something(self, reviewer, answer):
        with pytest.raises(PledgeReasonMissingError):
            judging.reject(
                PLEDGES, PledgeFactory(submitted=True).pk, by=reviewer, at=SPRING, **answer
            )

    def test_keeps_codes_and_remark_with_the_round(self, reviewer):
        pledge = PledgeFactory(submitted=True)
        reasons = [RejectionReason.ILLEGIBLE, RejectionReason.NOT_SIGNED]

        judging.reject(
            PLEDGES, pledge.pk, reasons=reasons, remark="第二页模糊", by=reviewer, at=SPRING
        )

        kept = pledge.rounds.get()
        assert (kept.reasons, kept.remark) == (["ILLEGIBLE", "NOT_SIGNED"], "第二页模糊")

    def test_tells_codes_and_no_sentences(self, reviewer):
        pledge = PledgeFactory(submitted=True)

        judging.reject(
            PLEDGES, pledge.pk, reasons=[RejectionReason.ILLEGIBLE], by=reviewer, at=SPRING
        )

        payload = event_payload("pledge.rejected")
        assert payload["reasons"] == ["ILLEGIBLE"]
        assert set(payload) == {"customer", "number", "reasons", "remark"}

    def test_every_reason_has_a_remedy(self):
        assert set(REMEDIES) == set(RejectionReason)


class TestRevoke:
    def test_keeps_who_had_approved_it_in_the_round(self, reviewer):
        pledge = PledgeFactory(approved=True)

        judging.revoke(PLEDGES, pledge.pk, by=reviewer, at=SPRING, reason="收到投诉")

        pledge.refresh_from_db()
        assert (pledge.remark, pledge.ended_at) == ("收到投诉", SPRING)
        assert pledge.rounds.get().judged_by_id != reviewer.id

    def test_needs_a_reason(self, reviewer):
        with pytest.raises(PledgeReasonMissingError):
            judging.revoke(
                PLEDGES, PledgeFactory(approved=True).pk, by=reviewer, at=SPRING, reason=" "
            )

    def test_tells_it(self, reviewer):
        pledge = PledgeFactory(approved=True)

        judging.revoke(PLEDGES, pledge.pk, by=reviewer, at=SPRING, reason="收到投诉")

        assert event_payload("pledge.revoked")["number"] == pledge.number


class TestInForceOn:
    @pytest.mark.parametrize(
        ("day", "count"),
        [
            (date(2025, 12, 31), 0),
            (date(2026, 1, 1), 1),
            (date(2026, 12, 31), 1),
            (date(2027, 1, 1), 0),
        ],
    )
    def test_holds_within_its_validity(self, day, count):
        PledgeFactory(approved=True)

        assert Pledge.objects.in_force_on(day).count() == count


class TestVisibleTo:
    @pytest.mark.parametrize(("model", "path"), [(Pledge, ""), (PledgeRound, "pledge.")])
    def test_shows_partners_their_own_and_staff_all(self, model, path):
        mine, _other = PledgeFactory.create_batch(2, submitted=True)
        person = MembershipFactory(partner=mine.customer.partner).user

        seen = model.objects.visible_to(person).get()

        assert (seen.pledge if path else seen) == mine
        assert model.objects.visible_to(StaffFactory()).count() == 2


class TestConstraints:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"status": "GONE"},
            {"valid_from": date(2026, 1, 1), "valid_until": date(2026, 1, 1)},
            {"status": "SUBMITTED", "submitted_at": SPRING, "due_at": SPRING},
            {"submitted": True, "due_at": None},
            {"due_at": SPRING},
            {"approved": True, "valid_until": None},
            {"copied": True, "content_type": "text/html", "signed_copy": "pledges/x.html"},
            {"form_sha256": "1" * 64},
        ],
    )
    def test_refuse_what_services_would_never_write(self, wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            PledgeFactory(**wrong)

    @pytest.mark.parametrize("party", ["entered_by", "submitted_by"])
    def test_refuse_who_handed_it_in_as_judge(self, party):
        staff = StaffFactory()

        with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
            PledgeFactory(**{"approved": True, party: staff, "judged_by": staff})

    def test_refuse_a_second_undecided_one(self):
        pledge = PledgeFactory()

        with pytest.raises(IntegrityError, match="one_open"), transaction.atomic():
            PledgeFactory(customer=pledge.customer)


class TestRounds:
    def test_what_was_decided_stays(self):
        kept = PledgeFactory(rejected=True).rounds.get()
        kept.judged_at += timedelta(days=1)

        with pytest.raises(ProgrammingError, match="pledges_pledgeround"), transaction.atomic():
            kept.save()

    def test_none_is_deleted(self):
        kept = PledgeFactory(submitted=True).rounds.get()

        with pytest.raises(ProgrammingError, match="pledges_pledgeround"), transaction.atomic():
            kept.delete()
