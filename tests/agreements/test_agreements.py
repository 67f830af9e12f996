from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from apps.agreements.choices import Side
from apps.agreements.models import Agreement
from apps.agreements.services import agreements, drafts
from apps.common.models import OutboxEvent
from apps.partners.models import Account
from apps.recharges.models import ExpectedRecharge
from tests.factories.agreements import (
    NEW_YEAR,
    AgreementFactory,
    SignedCopyFactory,
    attach,
    make_issued,
)
from tests.factories.partners import AccountFactory, MembershipFactory, PartnerFactory
from tests.factories.users import StaffFactory
from tests.racing import race


@pytest.fixture
def staff(db):
    return StaffFactory().as_actor()


def signed(**fields):
    """Return an agreement that waits for the gateway, with both copies on file."""
    agreement = AgreementFactory(signed=True, **fields)
    for side in Side:
        SignedCopyFactory(agreement=agreement, side=side)
    return agreement


def activate(agreement, by, at=NEW_YEAR):
    return agreements.activate(agreement_id=agreement.pk, by=by, at=at)


def events():
    return list(OutboxEvent.objects.order_by("name").values_list("name", "payload"))


class TestMarkSigned:
    def test_needs_the_partners_copy(self, staff):
        agreement = SignedCopyFactory(side=Side.GATEWAY).agreement

        with pytest.raises(agreements.SignedCopyMissingError):
            agreements.mark_signed(agreement_id=agreement.pk, by=staff, at=NEW_YEAR)


class TestActivate:
    def test_puts_it_in_force_and_tells(self, staff):
        agreement = activate(signed(), staff)

        assert agreement.activated_by_id == staff.id
        assert list(Agreement.objects.in_force_on(date(2026, 1, 1))) == [agreement]
        assert events() == [("agreement.activated", {"number": agreement.number})]

    def test_opens_the_first_recharge_due_the_same_day(self, staff):
        agreement = make_issued()
        AccountFactory(partner=agreement.partner)
        attach(agreement)
        agreements.mark_signed(agreement_id=agreement.pk, by=staff, at=NEW_YEAR)

        activate(agreement, staff, at=datetime(2026, 3, 1, 16, tzinfo=UTC))

        owed = ExpectedRecharge.objects.get()
        assert owed.account == Account.objects.get(partner=agreement.partner)
        assert (owed.agreement_number, owed.amount_yuan) == ("2026-0001", Decimal("10000.00"))
        assert owed.due_on == date(2026, 3, 2)  # the day in Shanghai

    def test_opens_the_partners_account_where_it_has_none(self, staff):
        agreement = signed(
            first_recharge_segments=200,
            first_recharge_unit_price_yuan=Decimal("0.05"),
            first_recharge_amount_yuan=Decimal("10.00"),
        )

        activate(agreement, staff)

        assert ExpectedRecharge.objects.get().account.partner == agreement.partner

    @pytest.mark.parametrize("side", Side)
    def test_needs_both_copies(self, staff, side):
        agreement = SignedCopyFactory(agreement=AgreementFactory(signed=True), side=side).agreement

        with pytest.raises(agreements.SignedCopyMissingError):
            activate(agreement, staff)

    def test_refuses_whoever_drafted_it(self, db):
        agreement = signed()

        with pytest.raises(agreements.OwnAgreementError):
            activate(agreement, agreement.drafted_by.as_actor())

    def test_refuses_one_whose_term_is_over(self, staff):
        agreement = signed(starts_on=date(2025, 1, 1), ends_on=date(2026, 1, 1))

        with pytest.raises(agreements.TermOverError):
            activate(agreement, staff)

    def test_refuses_a_second_one_within_the_term(self, staff):
        active = AgreementFactory(active=True)
        second = signed(partner=active.partner, starts_on=date(2027, 1, 1))

        with pytest.raises(agreements.AgreementOverlapError) as caught:
            activate(second, staff)
        assert caught.value.data == {"number": active.number}

    @pytest.mark.django_db(transaction=True)
    def test_two_at_once_put_one_in_force(self):
        partner, by = PartnerFactory(), StaffFactory().as_actor()
        both = [signed(partner=partner), signed(partner=partner)]

        answers = race(*[lambda each=each: activate(each, by) for each in both])

        assert sum(isinstance(each, agreements.AgreementOverlapError) for each in answers) == 1


class TestActivateRenewal:
    def renewal(self, old, starts_on):
        return signed(partner=old.partner, renews=old, starts_on=starts_on, ends_on="2028-01-01")

    def test_ahead_lets_the_old_one_hold_until_its_first_day(self, staff):
        old = AgreementFactory(active=True, ends_on=date(2027, 1, 1))
        renewal = self.renewal(old, date(2026, 7, 1))

        activate(renewal, staff)

        assert list(Agreement.objects.in_force_on(date(2026, 6, 30))) == [old]
        assert list(Agreement.objects.in_force_on(date(2026, 7, 1))) == [renewal]

    def test_gives_an_open_end_a_day(self, staff):
        old = AgreementFactory(active=True)

        activate(self.renewal(old, date(2026, 7, 1)), staff)

        old.refresh_from_db()
        assert (old.status, old.ends_on) == ("ACTIVE", date(2026, 7, 1))

    def test_that_has_begun_supersedes_at_once(self, staff):
        old = AgreementFactory(active=True, starts_on=date(2025, 1, 1), ends_on=date(2027, 1, 1))
        renewal = self.renewal(old, date(2026, 1, 1))

        activate(renewal, staff)

        old.refresh_from_db()
        assert (old.status, old.ended_at) == ("SUPERSEDED", NEW_YEAR)
        assert list(Agreement.objects.in_force_on(date(2026, 1, 1))) == [renewal]
        assert [name for name, _payload in events()] == [
            "agreement.activated",
            "agreement.superseded",
        ]

    def test_after_the_old_one_expired_leaves_that_as_it_is(self, staff):
        old = AgreementFactory(expired=True, starts_on="2025-01-01", ends_on="2025-06-01")

        activate(self.renewal(old, date(2026, 1, 1)), staff)

        old.refresh_from_db()
        assert old.status == "EXPIRED"

    @pytest.mark.django_db(transaction=True)
    def test_while_the_old_one_is_terminated_leaves_no_two_in_force(self):
        by = StaffFactory().as_actor()
        old = AgreementFactory(active=True, starts_on=date(2025, 1, 1))
        renewal = self.renewal(old, date(2026, 1, 1))

        race(
            lambda: activate(renewal, by),
            lambda: agreements.terminate(
                agreement_id=old.pk, by=by, at=NEW_YEAR, reason="双方协商"
            ),
        )

        assert list(Agreement.objects.in_force_on(date(2026, 1, 1))) == [renewal]


class TestTerminate:
    def terminate(self, agreement, by, reason="双方协商"):
        return agreements.terminate(agreement_id=agreement.pk, by=by, at=NEW_YEAR, reason=reason)

    def test_needs_a_reason(self, staff):
        with pytest.raises(agreements.AgreementReasonMissingError):
            self.terminate(AgreementFactory(active=True), staff, reason=" ")

    def test_ends_it_and_tells(self, staff):
        agreement = self.terminate(AgreementFactory(active=True), staff)

        assert not Agreement.objects.in_force_on(date(2026, 1, 1)).exists()
        assert events() == [("agreement.terminated", {"number": agreement.number})]

    def test_drops_the_first_recharge_that_was_not_paid(self, staff):
        agreement = signed(
            first_recharge_segments=200,
            first_recharge_unit_price_yuan=Decimal("0.05"),
            first_recharge_amount_yuan=Decimal("10.00"),
        )
        activate(agreement, staff)

        self.terminate(agreement, staff)

        assert ExpectedRecharge.objects.get().status == "CANCELLED"


class TestVisibleTo:
    def test_shows_partners_what_was_issued_to_them_and_staff_all(self, db):
        mine, _other = AgreementFactory.create_batch(2, issued=True)
        AgreementFactory(partner=mine.partner)
        person = MembershipFactory(partner=mine.partner).user

        assert list(Agreement.objects.visible_to(person)) == [mine]
        assert Agreement.objects.visible_to(StaffFactory()).count() == 3


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
            {
                "issued": True,
                "first_recharge_segments": 2,
                "first_recharge_unit_price_yuan": 1,
                "first_recharge_amount_yuan": 3,
            },
            {"issued": True, "first_recharge_amount_yuan": 3},
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

    def test_refuse_two_renewals(self, db):
        old = AgreementFactory(active=True)
        AgreementFactory(renews=old)

        with pytest.raises(IntegrityError, match="one_renewal"), transaction.atomic():
            AgreementFactory(renews=old)

    @pytest.mark.parametrize(
        "change", [{"refund_rule": "never"}, {"number": "2026-0009"}, {"ends_on": None}]
    )
    def test_refuse_to_change_what_is_on_paper(self, db, change):
        agreement = make_issued()

        with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            Agreement.objects.filter(pk=agreement.pk).update(**change)

    def test_refuse_to_change_the_document_and_the_copies(self, db):
        agreement = make_issued()
        copy = SignedCopyFactory(agreement=agreement)

        for row, change in ((agreement.document, {"sha256": "0" * 64}), (copy, {"size": 1})):
            with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
                type(row).objects.filter(pk=row.pk).update(**change)


class TestRenew:
    def test_copies_the_terms_and_follows_on(self, staff):
        old = AgreementFactory(
            active=True, ends_on=date(2027, 1, 1), signature_text="青禾软件", refund_rule="never"
        )

        renewal = drafts.renew(agreement_id=old.pk, by=staff, at=NEW_YEAR)

        assert (renewal.status, renewal.renews, renewal.number) == ("DRAFT", old, None)
        assert (renewal.starts_on, renewal.ends_on) == (date(2027, 1, 1), date(2028, 1, 1))
        assert (renewal.signature_text, renewal.refund_rule) == ("青禾软件", "never")

    def test_refuses_a_second_one(self, staff):
        old = AgreementFactory(active=True, ends_on=date(2027, 1, 1))
        drafts.renew(agreement_id=old.pk, by=staff, at=NEW_YEAR)

        with pytest.raises(drafts.AlreadyRenewedError):
            drafts.renew(agreement_id=old.pk, by=staff, at=NEW_YEAR)

    @pytest.mark.parametrize("starts_on", [date(2026, 1, 1), date(2027, 1, 2)])
    def test_refuses_a_gap_and_a_start_before_the_old_one(self, staff, starts_on):
        old = AgreementFactory(active=True, ends_on=date(2027, 1, 1))

        with pytest.raises(drafts.RenewalStartError):
            drafts.renew(agreement_id=old.pk, starts_on=starts_on, by=staff, at=NEW_YEAR)

    def test_of_an_open_end_needs_a_day(self, staff):
        old = AgreementFactory(active=True)

        with pytest.raises(drafts.RenewalStartError):
            drafts.renew(agreement_id=old.pk, by=staff, at=NEW_YEAR)

    def test_after_it_expired_may_start_any_day(self, staff):
        old = AgreementFactory(expired=True, ends_on=date(2026, 6, 1))

        renewal = drafts.renew(
            agreement_id=old.pk, starts_on=date(2026, 9, 1), by=staff, at=NEW_YEAR
        )

        assert renewal.starts_on == date(2026, 9, 1)
