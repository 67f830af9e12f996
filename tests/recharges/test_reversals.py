from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from apps.audit.actors import SYSTEM
from apps.common.models import OutboxEvent
from apps.ledger.models import Balance, LedgerEntry
from apps.ledger.services.verification import verify
from apps.recharges.choices import ReversalStatus as S
from apps.recharges.models import (
    BankEntry,
    ExpectedRecharge,
    LateCredit,
    Recharge,
    Remittance,
    Reversal,
)
from apps.recharges.queries import money as queries
from apps.recharges.queries import same_day
from apps.recharges.services import bank_entries, matches, owed, recharges, reversals
from tests.factories.partners import AccountFactory
from tests.factories.rates import RateVersionFactory
from tests.factories.recharges import (
    MORNING,
    BankEntryFactory,
    ExpectedRechargeFactory,
    RechargeFactory,
    RemittanceFactory,
)
from tests.factories.users import StaffFactory
from tests.racing import race
from tests.recharges.test_lots import REFUND, SPEND, move

EVENING = MORNING + timedelta(hours=6)


@pytest.fixture
def finance(db):
    return StaffFactory(finance=True).as_actor()


@pytest.fixture
def other(db):
    return StaffFactory(finance=True).as_actor()


def credited(*, spent=0, **fields):
    """A recharge of 200 000 segments, some of them spent."""
    recharge = recharges.confirm(recharge_id=RechargeFactory(**fields).pk, by=SYSTEM, at=MORNING)
    if spent:
        move(recharge.account, SPEND, spent)
    return recharge


def ask(recharge, by, *, cause="BOOKED_WRONGLY", reason="记到了别的账户"):
    return reversals.request(recharge_id=recharge.pk, cause=cause, reason=reason, by=by, at=EVENING)


def take_back(recharge, finance, other, **fields):
    asked = ask(recharge, finance, **fields)
    return reversals.approve(reversal_id=asked.pk, by=other, at=EVENING)


def buckets(recharge):
    found = Balance.objects.get(account=recharge.account_id)
    return found.available, found.held, found.spent


VERBS = {
    "approve": lambda pk: reversals.approve(reversal_id=pk, by=SYSTEM, at=EVENING),
    "decline": lambda pk: reversals.decline(
        reversal_id=pk, reason="到账无误", by=SYSTEM, at=EVENING
    ),
}
ALLOWED = {(S.PENDING, "approve"): S.APPROVED, (S.PENDING, "decline"): S.DECLINED}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", S)
def test_table(status, verb, finance):
    reversal = ask(credited(), finance)
    if status != S.PENDING:
        VERBS["approve" if status == S.APPROVED else "decline"](reversal.pk)
    before = Reversal.objects.values().get()

    if (status, verb) in ALLOWED:
        assert VERBS[verb](reversal.pk).status == ALLOWED[status, verb]
        return
    with pytest.raises(reversals.ReversalStateError):
        VERBS[verb](reversal.pk)
    assert Reversal.objects.values().get() == before


class TestRequest:
    def test_freezes_what_is_available(self, finance):
        recharge = credited(spent=50_000)

        assert ask(recharge, finance).held_segments == 150_000
        assert buckets(recharge) == (0, 150_000, 50_000)

    def test_freezes_no_more_than_the_recharge_brought(self, finance):
        recharge = credited()
        credited(account=recharge.account)

        ask(recharge, finance)

        assert buckets(recharge) == (200_000, 200_000, 0)

    def test_refuses_a_second_request(self, finance, other):
        recharge = credited()
        ask(recharge, finance)

        with pytest.raises(reversals.ReversalExistsError):
            ask(recharge, other)

    def test_may_be_made_again_after_it_was_declined(self, finance, other):
        recharge = credited()
        VERBS["decline"](ask(recharge, finance).pk)

        assert ask(recharge, other).status == S.PENDING

    @pytest.mark.parametrize("trait", ["pending", "reversed"])
    def test_is_for_what_was_credited(self, finance, trait):
        recharge = RechargeFactory(**({} if trait == "pending" else {trait: True}))

        with pytest.raises(reversals.NotCreditedError):
            ask(recharge, finance)

    def test_needs_a_reason(self, finance):
        with pytest.raises(reversals.ReversalReasonMissingError):
            ask(credited(), finance, reason=" ")


class TestApprove:
    def test_takes_back_all_that_is_there(self, finance, other):
        recharge = credited()

        reversal = take_back(recharge, finance, other)

        assert (reversal.taken_segments, reversal.owed_segments) == (200_000, 0)
        assert buckets(recharge) == (0, 0, 0)
        assert Recharge.objects.get().status == "REVERSED"

    def test_what_is_spent_stays_spent_and_is_owed(self, finance, other):
        recharge = credited(spent=50_000)

        reversal = take_back(recharge, finance, other)

        assert (reversal.taken_segments, reversal.owed_segments) == (150_000, 50_000)
        assert buckets(recharge) == (0, 0, 50_000)

    def test_takes_what_came_back_since_it_was_asked(self, finance, other):
        recharge = credited(spent=50_000)
        asked = ask(recharge, finance)
        move(recharge.account, REFUND, 10_000)

        reversal = reversals.approve(reversal_id=asked.pk, by=other, at=EVENING)

        assert (reversal.taken_segments, reversal.owed_segments) == (160_000, 40_000)

    def test_refuses_whoever_asked(self, finance):
        asked = ask(credited(), finance)

        with pytest.raises(reversals.OwnReversalError):
            reversals.approve(reversal_id=asked.pk, by=finance, at=EVENING)
        assert Recharge.objects.get().status == "CONFIRMED"

    def test_tells_the_partner_what_is_taken_and_owed(self, finance, other):
        take_back(credited(spent=50_000), finance, other)

        event = OutboxEvent.objects.get(name="recharge.reversed")
        assert (event.payload["segments"], event.payload["owed"]) == (150_000, 50_000)

    def test_expects_the_first_recharge_again(self, finance, other):
        account = AccountFactory()
        ExpectedRechargeFactory(account=account)

        take_back(credited(account=account), finance, other)

        assert ExpectedRecharge.objects.get().status == "OPEN"


class TestMoney:
    def test_booked_wrongly_waits_for_the_right_account(self, finance, other):
        take_back(credited(), finance, other)

        entry = BankEntry.objects.free().get()
        assert (entry.found_at, entry.settled_at) == (EVENING, None)
        assert entry.due_at == same_day.due_at(EVENING)

    def test_booked_wrongly_is_booked_anew(self, finance, other):
        RateVersionFactory()
        right = AccountFactory()
        recharge = credited()
        take_back(recharge, finance, other)

        matches.confirm(
            bank_entry_ids=[recharge.bank_entry_id],
            remittance_ids=[],
            account_id=right.pk,
            by=SYSTEM,
            at=EVENING,
        )

        assert Balance.objects.get(account=right).available == 200_000
        assert queries.money_in_totals().is_balanced

    def test_recalled_by_the_bank_is_gone(self, finance, other):
        take_back(credited(), finance, other, cause="BANK_RECALL", reason="汇款人撤回")

        totals = queries.money_in_totals()
        assert (totals.returned_yuan, totals.segments_yuan) == (Decimal(10_000), 0)
        assert totals.is_balanced
        with pytest.raises(bank_entries.BankEntryStateError):
            recharges.propose(
                bank_entry_id=BankEntry.objects.get().pk,
                account=AccountFactory(),
                by=finance,
                at=EVENING,
            )

    def test_a_late_credit_is_still_listed_after_its_clock_starts_anew(self, finance, other):
        long_ago = datetime(2026, 5, 20, 2, tzinfo=UTC)

        take_back(credited(bank_entry__entered_at=long_ago), finance, other)

        assert LateCredit.objects.get().due_at == same_day.due_at(long_ago)


class TestSlips:
    @pytest.fixture
    def match(self, db):
        RateVersionFactory()
        slip = RemittanceFactory(amount_yuan=Decimal(20_000))
        return matches.confirm(
            bank_entry_ids=[each.pk for each in BankEntryFactory.create_batch(2, imported=True)],
            remittance_ids=[slip.pk],
            account_id=slip.account_id,
            by=SYSTEM,
            at=MORNING,
        )

    @pytest.mark.parametrize(
        ("cause", "status"), [("BOOKED_WRONGLY", "ENTERED"), ("BANK_RECALL", "REJECTED")]
    )
    def test_are_freed_with_the_last_recharge_of_the_match(
        self, match, finance, other, cause, status
    ):
        first, second = match.recharges.order_by("pk")
        take_back(first, finance, other, cause=cause)
        assert Remittance.objects.get().status == "CREDITED"

        take_back(second, finance, other, cause=cause)

        slip = Remittance.objects.get()
        assert (slip.status, slip.match) == (status, None)
        assert bool(slip.remedy) == (status == "REJECTED")


class TestDecline:
    def test_gives_the_frozen_segments_free(self, finance, other):
        recharge = credited(spent=50_000)

        reversals.decline(
            reversal_id=ask(recharge, finance).pk, reason="到账无误", by=other, at=EVENING
        )

        assert buckets(recharge) == (150_000, 0, 50_000)
        assert Recharge.objects.get().status == "CONFIRMED"

    def test_needs_a_reason(self, finance):
        with pytest.raises(reversals.ReversalReasonMissingError):
            reversals.decline(
                reversal_id=ask(credited(), finance).pk, reason="", by=finance, at=EVENING
            )


class TestOwed:
    @pytest.fixture
    def debt(self, finance, other):
        return take_back(credited(spent=50_000), finance, other)

    def test_comes_back_with_the_next_recharge(self, debt):
        account = debt.recharge.account

        credited(account=account)

        debt.refresh_from_db()
        assert (debt.recovered_segments, debt.outstanding_segments) == (50_000, 0)
        assert buckets(debt.recharge) == (150_000, 0, 50_000)
        assert not verify().faults

    def test_comes_back_in_parts(self, debt):
        small = {"segments": 20_000, "amount_yuan": 1_000, "bank_entry__amount_yuan": 1_000}

        credited(account=debt.recharge.account, **small)

        debt.refresh_from_db()
        assert (debt.recovered_segments, debt.outstanding_segments) == (20_000, 30_000)
        assert buckets(debt.recharge) == (0, 0, 50_000)

    def test_is_collected_from_what_came_back(self, debt, finance):
        move(debt.recharge.account, REFUND, 30_000)

        assert owed.collect(account_id=debt.recharge.account_id, by=finance, at=EVENING) == 30_000
        assert buckets(debt.recharge) == (0, 0, 20_000)

    def test_is_written_off_with_a_reason(self, debt, other):
        owed.write_off(reversal_id=debt.pk, by=other, reason="我方记错")

        assert Reversal.objects.get().outstanding_segments == 0
        assert owed.collect(account_id=debt.recharge.account_id, by=other, at=EVENING) == 0

    def test_is_not_written_off_by_whoever_asked(self, debt, finance):
        with pytest.raises(reversals.OwnReversalError):
            owed.write_off(reversal_id=debt.pk, by=finance, reason="我方记错")

    def test_is_not_written_off_without_a_reason(self, debt, other):
        with pytest.raises(owed.WriteOffReasonMissingError):
            owed.write_off(reversal_id=debt.pk, by=other, reason="")

    def test_is_not_written_off_twice(self, debt, other):
        owed.write_off(reversal_id=debt.pk, by=other, reason="我方记错")

        with pytest.raises(owed.NothingOwedError):
            owed.write_off(reversal_id=debt.pk, by=other, reason="我方记错")


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_two_approve_at_once_and_one_is_told(self):
        recharge = credited()
        asked = ask(recharge, StaffFactory(finance=True).as_actor())
        people = [StaffFactory(finance=True).as_actor() for _ in range(2)]

        answers = race(
            *[
                lambda by=by: reversals.approve(reversal_id=asked.pk, by=by, at=EVENING)
                for by in people
            ]
        )

        assert sum(isinstance(each, reversals.ReversalStateError) for each in answers) == 1
        assert LedgerEntry.objects.filter(kind="REVERSAL").count() == 1

    def test_taken_back_while_new_money_is_credited_leaves_every_segment_accounted_for(self):
        recharge = credited(account=AccountFactory())
        with transaction.atomic():
            move(recharge.account, SPEND, 150_000)
        asked = ask(recharge, StaffFactory(finance=True).as_actor())
        new = RechargeFactory(account=recharge.account)

        race(
            lambda: reversals.approve(reversal_id=asked.pk, by=SYSTEM, at=EVENING),
            lambda: recharges.confirm(recharge_id=new.pk, by=SYSTEM, at=EVENING),
        )

        found = Reversal.objects.get()
        back = found.taken_segments + found.recovered_segments
        assert back == 200_000
        assert buckets(recharge) == (50_000, 0, 150_000)


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"taken_segments": 1},
        {"recovered_segments": 1},
        {"status": "APPROVED"},
        {"status": "DECLINED", "decided_at": MORNING},
        {"held_segments": -1},
    ],
)
def test_constraints_refuse_what_services_would_never_write(wrong, finance):
    ask(credited(), finance)

    with pytest.raises(IntegrityError, match="recharges_reversal"), transaction.atomic():
        Reversal.objects.update(**wrong)
