from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from apps.agreements import locks
from apps.agreements.models import Agreement
from apps.agreements.services import agreements
from tests.factories.agreements import NEW_YEAR, AgreementFactory
from tests.factories.partners import MembershipFactory, PartnerFactory
from tests.factories.rates import RateTableFactory
from tests.factories.users import StaffFactory
from tests.racing import race


@pytest.fixture
def staff(db):
    return StaffFactory().as_actor()


def issue(agreement, at=NEW_YEAR):
    return agreements.issue(agreement_id=agreement.pk, by=agreement.drafted_by.as_actor(), at=at)


class TestDraft:
    def draft(self, by, **fields):
        blanks = {"partner": PartnerFactory(), "starts_on": date(2026, 1, 1), **fields}
        return agreements.draft(by=by, at=NEW_YEAR, **blanks)

    def test_fills_the_blanks(self, staff):
        agreement = self.draft(
            staff,
            first_recharge_segments=200_000,
            first_recharge_unit_price_yuan=Decimal("0.05"),
        )

        assert agreement.status == "DRAFT"
        assert agreement.number is None
        assert agreement.refund_rule == "on_reject"
        assert agreement.drafted_by_id == staff.id

    def test_refuses_an_end_before_the_start(self, staff):
        with pytest.raises(agreements.AgreementPeriodError):
            self.draft(staff, ends_on=date(2026, 1, 1))

    def test_refuses_the_prices_of_another_partner(self, staff):
        with pytest.raises(agreements.ForeignRateTableError):
            self.draft(staff, rate_table=RateTableFactory(partner=PartnerFactory()))

    @pytest.mark.parametrize(("segments", "price"), [(1, None), (None, 1), (0, 1), (1, 0), (-1, 1)])
    def test_refuses_half_a_first_recharge(self, staff, segments, price):
        with pytest.raises(agreements.FirstRechargeError):
            self.draft(
                staff, first_recharge_segments=segments, first_recharge_unit_price_yuan=price
            )


class TestIssue:
    @pytest.mark.django_db
    def test_counts_by_the_year_in_shanghai(self):
        evening = datetime(2026, 12, 31, 16, tzinfo=UTC)  # midnight in Shanghai
        first, second, third = AgreementFactory.create_batch(3)

        numbers = [issue(first).number, issue(second).number, issue(third, at=evening).number]

        assert numbers == ["2026-0001", "2026-0002", "2027-0001"]

    @pytest.mark.django_db
    def test_takes_a_number_back_with_its_transaction(self):
        first, second = AgreementFactory.create_batch(2)

        with transaction.atomic():
            issue(first)
            transaction.set_rollback(True)

        assert issue(second).number == "2026-0001"

    @pytest.mark.django_db(transaction=True)
    def test_many_at_once_leave_no_gap_and_no_pair(self):
        drafts = AgreementFactory.create_batch(6)

        race(*[lambda agreement=agreement: issue(agreement) for agreement in drafts])

        numbers = Agreement.objects.order_by("number").values_list("number", flat=True)
        assert list(numbers) == [f"2026-{place:04}" for place in range(1, 7)]

    @pytest.mark.django_db(transaction=True)
    def test_the_same_draft_at_once_gets_one_number(self):
        agreement = AgreementFactory()

        answers = race(*[lambda: issue(agreement)] * 2)

        assert sum(isinstance(each, agreements.AgreementStateError) for each in answers) == 1
        assert locks.NumberCounter.objects.get().last_number == 1


class TestActivate:
    def activate(self, agreement, by):
        return agreements.activate(agreement_id=agreement.pk, by=by, at=NEW_YEAR)

    def test_puts_it_in_force(self, staff):
        agreement = self.activate(AgreementFactory(signed=True), staff)

        assert agreement.activated_by_id == staff.id
        assert list(Agreement.objects.in_force_on(date(2026, 1, 1))) == [agreement]

    def test_refuses_whoever_drafted_it(self, db):
        agreement = AgreementFactory(signed=True)

        with pytest.raises(agreements.OwnAgreementError):
            self.activate(agreement, agreement.drafted_by.as_actor())

    def test_refuses_a_second_one_within_the_term(self, staff):
        active = AgreementFactory(active=True)
        second = AgreementFactory(partner=active.partner, signed=True, starts_on="2027-01-01")

        with pytest.raises(agreements.AgreementOverlapError) as caught:
            self.activate(second, staff)
        assert caught.value.data == {"number": active.number}

    def test_takes_a_renewal_that_starts_when_the_old_one_ends(self, staff):
        old = AgreementFactory(active=True, ends_on=date(2027, 1, 1))
        renewal = AgreementFactory(partner=old.partner, signed=True, starts_on=date(2027, 1, 1))

        self.activate(renewal, staff)

        assert list(Agreement.objects.in_force_on(date(2026, 12, 31))) == [old]
        assert list(Agreement.objects.in_force_on(date(2027, 1, 1))) == [renewal]

    @pytest.mark.django_db(transaction=True)
    def test_two_at_once_put_one_in_force(self):
        partner, by = PartnerFactory(), StaffFactory().as_actor()
        both = AgreementFactory.create_batch(2, partner=partner, signed=True)

        answers = race(*[lambda each=each: self.activate(each, by) for each in both])

        assert sum(isinstance(each, agreements.AgreementOverlapError) for each in answers) == 1


class TestTerminate:
    def test_needs_a_reason(self, staff):
        agreement = AgreementFactory(active=True)

        with pytest.raises(agreements.AgreementReasonMissingError):
            agreements.terminate(agreement_id=agreement.pk, by=staff, at=NEW_YEAR, reason=" ")


class TestExpireDue:
    @pytest.mark.parametrize(
        ("at", "count"),
        [
            (datetime(2026, 12, 31, 15, 59, tzinfo=UTC), 0),
            (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), 1),  # midnight in Shanghai
        ],
    )
    def test_expires_on_the_day_in_shanghai(self, db, at, count):
        AgreementFactory(active=True, ends_on=date(2027, 1, 1))
        AgreementFactory(active=True)

        assert agreements.expire_due(at=at) == count
        assert Agreement.objects.filter(status="EXPIRED", ended_at=at).count() == count


class TestVisibleTo:
    def test_shows_partners_their_own_and_staff_all(self, db):
        mine, _other = AgreementFactory.create_batch(2)
        person = MembershipFactory(partner=mine.partner).user

        assert list(Agreement.objects.visible_to(person)) == [mine]
        assert Agreement.objects.visible_to(StaffFactory()).count() == 2


class TestConstraints:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"status": "GONE"},
            {"refund_rule": "sometimes"},
            {"ends_on": "2026-01-01"},
            {"number": "2026-0001"},
            {"issued": True, "number": "A-1"},
            {"issued": True, "number": None},
            {"issued": True, "status": "ACTIVE"},
            {"first_recharge_segments": 100},
            {"first_recharge_segments": 0, "first_recharge_unit_price_yuan": 1},
        ],
    )
    def test_refuse_what_services_would_never_write(self, db, wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            AgreementFactory(**wrong)

    def test_refuse_two_in_force(self, db):
        partner = AgreementFactory(active=True, ends_on="2027-01-01").partner

        with pytest.raises(IntegrityError, match="one_in_force"), transaction.atomic():
            AgreementFactory(partner=partner, active=True, starts_on="2026-12-31")

    def test_refuse_the_drafter_as_activator(self, db):
        staff = StaffFactory()

        with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
            AgreementFactory(active=True, drafted_by=staff, activated_by=staff)
