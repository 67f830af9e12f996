from datetime import timedelta
from decimal import Decimal

import pytest

from apps.common.errors import NotFoundError
from apps.ledger.models import Balance, LedgerEntry
from apps.rates.queries.prices import BelowLowestTierError
from apps.recharges.models import Match, Recharge, RechargePolicy, Remittance
from apps.recharges.queries import money as queries
from apps.recharges.services import bank_entries, matches, recharges, remittances
from tests.factories.partners import AccountFactory
from tests.factories.rates import RateVersionFactory
from tests.factories.recharges import (
    MORNING,
    BankEntryFactory,
    RechargeFactory,
    RemittanceFactory,
    StatementFactory,
)
from tests.factories.users import StaffFactory
from tests.racing import race

pytestmark = pytest.mark.django_db
EVENING = MORNING + timedelta(hours=13, minutes=59)  # 23:59 in Beijing


@pytest.fixture
def finance(db):
    RateVersionFactory()
    return StaffFactory(finance=True).as_actor()


def pks(rows):
    return [row.pk for row in rows]


def confirm(by, entries, slips=(), account=None):
    return matches.confirm(
        bank_entry_ids=pks(entries),
        remittance_ids=pks(slips),
        account_id=(account or slips[0].account).pk,
        by=by,
        at=MORNING,
    )


def stored(by, **fields):
    """Return a credit from a file that another person uploaded, and `by` looked at and took in."""
    statement = StatementFactory(stored_by=None, stored_by_id=by.id)
    return BankEntryFactory(statement=statement, entered_by_id=by.id, entered_by=None, **fields)


def uploaded(by, **fields):
    """Return a credit from a file that `by` uploaded, and another took in."""
    statement = StatementFactory(uploaded_by=None, uploaded_by_id=by.id, stored_by=StaffFactory())
    return BankEntryFactory(statement=statement, entered_by=statement.stored_by, **fields)


def remapped(by, **fields):
    """Return a credit from a file of another of which `by` chose the columns."""
    return BankEntryFactory(statement=StatementFactory(mapped_by_id=by.id), **fields)


class TestConfirm:
    def test_credits_one_slip_from_one_credit(self, finance):
        slip = RemittanceFactory()

        match = confirm(finance, [BankEntryFactory(imported=True)], [slip])

        slip.refresh_from_db()
        assert (slip.status, slip.match) == ("CREDITED", match)
        assert Balance.objects.get().available == 200_000
        assert Recharge.objects.get().match == match

    def test_keeps_the_evidence(self, finance):
        match = confirm(finance, [BankEntryFactory(imported=True)], [RemittanceFactory()])

        kinds = [each["kind"] for each in match.evidence]
        assert kinds[0] == "AMOUNT_EQUAL"
        assert "SAME_DAY" in kinds

    def test_credits_several_slips_from_one_credit(self, finance):
        account = AccountFactory()
        slips = RemittanceFactory.create_batch(2, account=account, amount_yuan=Decimal(5_000))

        confirm(finance, [BankEntryFactory(imported=True)], slips)

        assert set(Remittance.objects.values_list("status", flat=True)) == {"CREDITED"}
        assert LedgerEntry.objects.count() == 1

    def test_gives_credits_that_pay_one_slip_the_tier_of_the_whole(self, finance):
        parts = [BankEntryFactory(imported=True, amount_yuan=Decimal(n)) for n in (4_000, 6_000)]

        confirm(finance, parts, [RemittanceFactory()])

        prices = set(Recharge.objects.values_list("unit_price_yuan", flat=True))
        assert prices == {Decimal("0.05")}
        assert Balance.objects.get().available == 200_000

    def test_takes_the_word_of_a_person_without_a_slip(self, finance):
        account = AccountFactory()

        confirm(finance, [BankEntryFactory(imported=True)], account=account)

        assert Balance.objects.get().account == account

    def test_refuses_to_match_nothing(self, finance):
        with pytest.raises(matches.MatchEmptyError):
            confirm(finance, [], [RemittanceFactory()])

    def test_refuses_what_is_not_there(self, finance):
        entry = BankEntryFactory()
        type(entry).objects.filter(pk=entry.pk).delete()

        with pytest.raises(NotFoundError):
            confirm(finance, [entry], [RemittanceFactory()])

    def test_refuses_a_slip_of_another_partner(self, finance):
        with pytest.raises(matches.MatchOtherPartnerError):
            confirm(finance, [BankEntryFactory()], [RemittanceFactory()], AccountFactory())
        assert not Match.objects.exists()

    @pytest.mark.parametrize("status", ["credited", "rejected", "withdrawn", "matched"])
    def test_refuses_a_slip_that_does_not_wait(self, finance, status):
        with pytest.raises(remittances.RemittanceStateError):
            confirm(finance, [BankEntryFactory()], [RemittanceFactory(**{status: True})])
        assert not Recharge.objects.exists()

    def test_refuses_money_that_went_elsewhere(self, finance):
        with pytest.raises(bank_entries.BankEntryStateError):
            confirm(finance, [BankEntryFactory(returned=True)], [RemittanceFactory()])

    def test_refuses_a_part_too_small_for_one_segment(self, finance):
        parts = [BankEntryFactory(amount_yuan=Decimal(n)) for n in ("0.01", "9999.99")]

        with pytest.raises(BelowLowestTierError):
            confirm(finance, parts, [RemittanceFactory()])


def set_limit(yuan):
    RechargePolicy.objects.update_or_create(defaults={"one_person_max_yuan": yuan})


class TestSecondPerson:
    def test_one_is_enough_for_what_a_file_says_that_another_uploaded(self, finance):
        confirm(finance, [stored(finance)], [RemittanceFactory()])

        assert Recharge.objects.get().status == "CONFIRMED"

    @pytest.mark.parametrize("make", [uploaded, remapped])
    def test_another_is_needed_for_what_one_uploaded_or_chose_the_columns_of(self, finance, make):
        confirm(finance, [make(finance, amount_yuan=Decimal(100))], account=AccountFactory())

        assert not LedgerEntry.objects.exists()
        with pytest.raises(recharges.OwnBankEntryError):
            recharges.confirm(recharge_id=Recharge.objects.get().pk, by=finance, at=MORNING)

    def test_another_is_needed_for_what_one_typed(self, finance):
        confirm(finance, [BankEntryFactory(entered_by_id=finance.id)], [RemittanceFactory()])

        assert Recharge.objects.get().status == "PENDING"
        assert Remittance.objects.get().status == "MATCHED"
        assert not LedgerEntry.objects.exists()

    def test_another_is_needed_above_the_limit_of_the_whole(self, finance):
        set_limit(Decimal(7_000))
        entries = [BankEntryFactory(imported=True, amount_yuan=Decimal("3500.01")) for _ in "12"]

        confirm(finance, entries, account=AccountFactory())

        with pytest.raises(recharges.OwnProposalError, match="7000"):
            recharges.confirm(recharge_id=Recharge.objects.first().pk, by=finance, at=MORNING)

    def test_one_is_enough_up_to_the_limit_itself(self, finance):
        set_limit(Decimal(7_000))

        confirm(finance, [stored(finance, amount_yuan=Decimal(7_000))], account=AccountFactory())

        assert Recharge.objects.get().status == "CONFIRMED"

    def test_the_limit_is_for_the_day_and_what_passes_it_waits(self, finance):
        set_limit(Decimal(10_000))
        account = AccountFactory()
        for yuan in (4_000, 6_000, 1):
            confirm(finance, [stored(finance, amount_yuan=Decimal(yuan))], account=account)

        waiting = Recharge.objects.get(status="PENDING")
        assert waiting.amount_yuan == 1
        with pytest.raises(recharges.OwnProposalError, match="10000"):
            recharges.confirm(recharge_id=waiting.pk, by=finance, at=EVENING)

    def test_the_next_day_in_beijing_begins_anew(self, finance):
        set_limit(Decimal(10_000))
        account = AccountFactory()
        confirm(finance, [stored(finance)], account=account)
        confirm(finance, [stored(finance, amount_yuan=Decimal(1))], account=account)

        waiting = Recharge.objects.get(status="PENDING")
        recharges.confirm(recharge_id=waiting.pk, by=finance, at=EVENING + timedelta(minutes=1))

        assert not Recharge.objects.filter(status="PENDING").exists()

    def test_what_two_people_credited_leaves_the_day_as_it_was(self, finance):
        set_limit(Decimal(10_000))
        other, account = StaffFactory(finance=True).as_actor(), AccountFactory()
        confirm(other, [BankEntryFactory(entered_by_id=other.id)], account=account)
        recharges.confirm(recharge_id=Recharge.objects.get().pk, by=finance, at=MORNING)

        confirm(finance, [stored(finance)], account=account)

        assert Recharge.objects.filter(status="CONFIRMED").count() == 2

    def test_whoever_took_the_file_in_may_approve_what_another_matched(self, finance):
        entry = stored(finance, amount_yuan=Decimal(90_000))
        confirm(StaffFactory(finance=True).as_actor(), [entry], account=AccountFactory())

        recharges.confirm(recharge_id=Recharge.objects.get().pk, by=finance, at=MORNING)

        assert Recharge.objects.get().status == "CONFIRMED"

    def test_the_other_credits_the_whole_match(self, finance):
        entries = [BankEntryFactory(entered_by_id=finance.id) for _ in range(2)]
        confirm(finance, entries, [RemittanceFactory(amount_yuan=Decimal(20_000))])
        other = StaffFactory(finance=True).as_actor()

        recharges.confirm(recharge_id=Recharge.objects.last().pk, by=other, at=MORNING)

        assert set(Recharge.objects.values_list("status", flat=True)) == {"CONFIRMED"}
        assert Remittance.objects.get().status == "CREDITED"
        assert Balance.objects.get().available == 400_000

    def test_a_withdrawn_match_lets_everything_wait_again(self, finance):
        entries = [BankEntryFactory(entered_by_id=finance.id) for _ in range(2)]
        confirm(finance, entries, [RemittanceFactory()])

        recharges.withdraw(recharge_id=Recharge.objects.first().pk, by=finance, reason="账户有误")

        assert not Recharge.objects.exists()
        assert not Match.objects.exists()
        assert Remittance.objects.get().status == "ENTERED"


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_one_person_never_passes_the_limit_of_the_day_by_two_at_once(self):
        RateVersionFactory()
        set_limit(Decimal(10_000))
        by, account = StaffFactory(finance=True).as_actor(), AccountFactory()
        entries = BankEntryFactory.create_batch(3, imported=True, amount_yuan=Decimal(6_000))

        race(*[lambda e=e: confirm(by, [e], account=account) for e in entries])

        alone = Recharge.objects.filter(status="CONFIRMED")
        assert [each.amount_yuan for each in alone] == [Decimal(6_000)]

    def test_two_people_confirm_the_same_credit_and_one_is_told(self):
        RateVersionFactory()
        entry, slip = BankEntryFactory(imported=True), RemittanceFactory()
        people = [StaffFactory(finance=True).as_actor() for _ in range(2)]

        answers = race(*[lambda by=by: confirm(by, [entry], [slip]) for by in people])

        told = [each for each in answers if isinstance(each, bank_entries.BankEntryStateError)]
        assert len(told) == 1
        assert "2026" in str(told[0])
        assert Balance.objects.get().available == 200_000
        assert LedgerEntry.objects.count() == Match.objects.count() == 1

    def test_two_people_give_one_slip_to_two_credits_and_one_is_told(self):
        RateVersionFactory()
        slip = RemittanceFactory()
        by = StaffFactory(finance=True).as_actor()
        entries = BankEntryFactory.create_batch(2, imported=True)

        answers = race(*[lambda e=e: confirm(by, [e], [slip]) for e in entries])

        assert sum(isinstance(each, remittances.RemittanceStateError) for each in answers) == 1
        assert LedgerEntry.objects.count() == 1

    def test_overlapping_sets_in_any_order_never_wait_for_each_other(self):
        RateVersionFactory()
        account = AccountFactory()
        by = StaffFactory(finance=True).as_actor()
        entries = BankEntryFactory.create_batch(3, imported=True)

        answers = race(
            lambda: confirm(by, entries[:2], account=account),
            lambda: confirm(by, entries[:0:-1], account=account),
        )

        assert sum(isinstance(each, bank_entries.BankEntryStateError) for each in answers) == 1


class TestMoneyIn:
    def test_every_cent_is_somewhere(self, finance):
        confirm(
            finance, [stored(finance, amount_yuan=Decimal("10000.03"))], account=AccountFactory()
        )
        BankEntryFactory(amount_yuan=Decimal("7.77"))
        BankEntryFactory(returned=True, amount_yuan=Decimal("5.05"))
        BankEntryFactory(discarded=True, amount_yuan=Decimal("0.01"))
        RechargeFactory(amount_yuan=Decimal("10000.00"))

        totals = queries.money_in_totals()

        assert totals.is_balanced
        assert (totals.segments_yuan, totals.remainder_yuan) == (Decimal(10_000), Decimal("0.03"))
        assert totals.unmatched_yuan == Decimal("10007.77")
        assert totals.proposed_yuan == Decimal(10_000)
        assert (totals.returned_yuan, totals.discarded_yuan) == (Decimal("5.05"), Decimal("0.01"))

    def test_nothing_is_nothing(self, db):
        assert queries.money_in_totals().received_yuan == 0
        assert queries.money_in_totals().is_balanced
