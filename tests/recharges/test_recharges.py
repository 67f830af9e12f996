from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from apps.ledger.models import Balance, LedgerEntry
from apps.rates.queries.prices import BelowLowestTierError, NoRateError
from apps.recharges.choices import RechargeStatus as S
from apps.recharges.models import Lot, Recharge
from apps.recharges.services import bank_entries, recharges
from tests.factories.partners import AccountFactory, MembershipFactory
from tests.factories.rates import RateTableFactory, RateVersionFactory
from tests.factories.recharges import MORNING, BankEntryFactory, RechargeFactory
from tests.factories.users import StaffFactory
from tests.racing import race

VERBS = {
    "confirm": lambda pk, by: recharges.confirm(recharge_id=pk, by=by, at=MORNING),
    "withdraw": lambda pk, by: recharges.withdraw(recharge_id=pk, by=by, reason="看错"),
}


@pytest.fixture
def finance(db):
    return StaffFactory(finance=True).as_actor()


def confirm(recharge, by):
    return recharges.confirm(recharge_id=recharge.pk, by=by, at=MORNING)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", [S.CONFIRMED, S.REVERSED])
def test_only_a_pending_one_takes_a_step(finance, status, verb):
    recharge = RechargeFactory(**{status.lower(): True})
    before = Recharge.objects.values().get()

    with pytest.raises(recharges.RechargeStateError):
        VERBS[verb](recharge.pk, finance)

    assert Recharge.objects.values().get() == before
    assert not LedgerEntry.objects.exists()


class TestPropose:
    def propose(self, by, entry=None, account=None):
        return recharges.propose(
            bank_entry_id=(entry or BankEntryFactory()).pk,
            account=account or AccountFactory(),
            by=by,
            at=MORNING,
        )

    def test_keeps_the_price_and_where_it_came_from(self, finance):
        version = RateVersionFactory()

        recharge = self.propose(finance, BankEntryFactory(amount_yuan=Decimal("10000.03")))

        assert (recharge.segments, recharge.unit_price_yuan) == (200_000, Decimal("0.05"))
        assert recharge.remainder_yuan == Decimal("0.03")
        assert recharge.rate_version == version
        assert recharge.rate_tier.from_segments == 100_000
        assert not Balance.objects.exists()

    def test_takes_the_partners_own_prices(self, finance):
        account = AccountFactory()
        RateVersionFactory()
        RateVersionFactory(
            table=RateTableFactory(partner=account.partner), tiers={1: Decimal("0.04")}
        )

        assert self.propose(finance, account=account).segments == 250_000

    def test_refuses_a_second_recharge_from_one_bank_entry(self, finance):
        entry = RechargeFactory().bank_entry

        with pytest.raises(bank_entries.BankEntryProposedError):
            self.propose(finance, entry)

    def test_refuses_money_that_went_elsewhere(self, finance):
        with pytest.raises(bank_entries.BankEntryStateError):
            self.propose(finance, BankEntryFactory(returned=True))

    def test_refuses_a_closed_account(self, finance):
        with pytest.raises(recharges.RechargeAccountClosedError):
            self.propose(finance, account=AccountFactory(closed=True))

    def test_refuses_without_prices(self, finance):
        with pytest.raises(NoRateError):
            self.propose(finance)

    def test_refuses_less_than_the_smallest_purchase(self, finance):
        RateVersionFactory(tiers={1_000: Decimal("0.06")})

        with pytest.raises(BelowLowestTierError):
            self.propose(finance, BankEntryFactory(amount_yuan=Decimal("59.99")))


class TestConfirm:
    def test_credits_the_account_and_opens_a_lot(self, finance):
        recharge = confirm(RechargeFactory(), finance)

        balance, lot = Balance.objects.get(), Lot.objects.get()
        assert (balance.account, balance.available) == (recharge.account, 200_000)
        assert (lot.remaining_segments, lot.unit_price_yuan) == (200_000, Decimal("0.05"))
        assert LedgerEntry.objects.get().about_id == str(recharge.pk)
        assert recharge.confirmed_by_id == finance.id
        assert recharge.bank_entry.status == "MATCHED"

    def test_refuses_whoever_entered_the_bank_entry(self, db):
        recharge = RechargeFactory()

        with pytest.raises(recharges.OwnBankEntryError):
            confirm(recharge, recharge.bank_entry.entered_by.as_actor())
        assert not Balance.objects.exists()

    def test_refuses_an_account_that_was_closed_meanwhile(self, finance):
        recharge = RechargeFactory(account__closed=True)

        with pytest.raises(recharges.RechargeAccountClosedError):
            confirm(recharge, finance)

    @pytest.mark.django_db(transaction=True)
    def test_two_people_at_once_credit_once_and_one_is_told(self):
        recharge = RechargeFactory()
        people = [StaffFactory(finance=True).as_actor() for _ in range(2)]

        answers = race(*[lambda by=by: confirm(recharge, by) for by in people])

        assert sum(isinstance(each, recharges.RechargeStateError) for each in answers) == 1
        assert Balance.objects.get().available == 200_000
        assert Lot.objects.count() == LedgerEntry.objects.count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_confirmed_and_withdrawn_at_once_ends_in_one_of_both(self):
        recharge, by = RechargeFactory(), StaffFactory(finance=True).as_actor()

        race(
            lambda: confirm(recharge, by),
            lambda: recharges.withdraw(recharge_id=recharge.pk, by=by, reason="看错"),
        )

        assert Recharge.objects.count() == Lot.objects.count() == LedgerEntry.objects.count()


class TestWithdraw:
    def test_needs_a_reason(self, finance):
        recharge = RechargeFactory()

        with pytest.raises(recharges.RechargeReasonMissingError):
            recharges.withdraw(recharge_id=recharge.pk, by=finance, reason=" ")

    def test_frees_the_bank_entry_and_keeps_the_history(self, finance):
        recharge = RechargeFactory()

        recharges.withdraw(recharge_id=recharge.pk, by=finance, reason="账户有误")

        event = Recharge.pgh_event_model.objects.filter(pgh_label="delete").get()
        assert event.pgh_context.metadata["reason"] == "账户有误"
        assert bank_entries.discard(
            bank_entry_id=recharge.bank_entry_id, by=finance, reason="利息", at=MORNING
        )


class TestVisibleTo:
    def test_shows_partners_their_own_and_staff_all(self, db):
        mine, _other = RechargeFactory.create_batch(2)
        person = MembershipFactory(partner=mine.account.partner).user

        assert list(Recharge.objects.visible_to(person)) == [mine]
        assert Recharge.objects.visible_to(StaffFactory()).count() == 2


class TestConstraints:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"status": "GONE"},
            {"segments": 0},
            {"segments": 199_999},
            {"remainder_yuan": Decimal("0.05"), "segments": 199_999},
            {"remainder_yuan": Decimal("-0.05"), "segments": 200_001},
            {"status": "CONFIRMED"},
            {"confirmed_at": MORNING},
        ],
    )
    def test_refuse_what_services_would_never_write(self, db, wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            RechargeFactory(**wrong)

    def test_refuse_two_recharges_of_one_bank_entry(self, db):
        entry = RechargeFactory().bank_entry

        with pytest.raises(IntegrityError, match="bank_entry_id"), transaction.atomic():
            RechargeFactory(bank_entry=entry)

    def test_refuse_a_lot_with_more_left_than_bought(self, finance):
        confirm(RechargeFactory(), finance)

        with pytest.raises(IntegrityError, match="parts_add_up"), transaction.atomic():
            Lot.objects.update(remaining_segments=200_001)
