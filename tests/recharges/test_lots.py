from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from apps.audit.actors import SYSTEM
from apps.ledger import locks
from apps.ledger.choices import Bucket, EntryKind
from apps.ledger.services import credits as ledger_credits
from apps.ledger.services.entries import Movement, post
from apps.recharges.models import BankEntry, Lot, LotMark
from apps.recharges.services import lots, owed, recharges, reversals, verification
from tests.factories.partners import AccountFactory
from tests.factories.recharges import MORNING, RechargeFactory
from tests.racing import race

SPEND = (Bucket.AVAILABLE, Bucket.SPENT, EntryKind.CAPTURE)
REFUND = (Bucket.SPENT, Bucket.AVAILABLE, EntryKind.REFUND)


@pytest.fixture
def account(db):
    return AccountFactory()


def buy(account, segments, *, price="0.05"):
    unit = Decimal(price)
    recharge = RechargeFactory(
        account=account,
        segments=segments,
        unit_price_yuan=unit,
        amount_yuan=segments * unit,
        bank_entry__amount_yuan=segments * unit,
    )
    return recharges.confirm(recharge_id=recharge.pk, by=SYSTEM, at=MORNING)


def move(account, way, segments):
    movement = Movement(
        kind=way[2],
        from_bucket=way[0],
        to_bucket=way[1],
        segments=segments,
        about="BATCH",
        about_id="0",
        actor="system",
    )
    post(locks.balances([account.pk])[account.pk], movement, at=MORNING)


def transfer(source, target, segments):
    ledger_credits.transfer(source=source, target=target, segments=segments, by=SYSTEM, at=MORNING)


def shown(account):
    """What each lot has left, spent, moved away and taken back, in their order."""
    rows = Lot.objects.first_in_first_out().filter(account=account)
    return list(
        rows.values_list(
            "remaining_segments", "spent_segments", "moved_segments", "reversed_segments"
        )
    )


class TestSettle:
    def test_uses_the_oldest_up_first(self, account):
        buy(account, 100)
        buy(account, 100)
        move(account, SPEND, 130)

        lots.settle()

        assert shown(account) == [(0, 100, 0, 0), (70, 30, 0, 0)]

    def test_a_refund_opens_the_newest_used_again(self, account):
        buy(account, 100)
        buy(account, 100)
        move(account, SPEND, 130)
        lots.settle()
        move(account, REFUND, 40)

        lots.settle()

        assert shown(account) == [(10, 90, 0, 0), (100, 0, 0, 0)]

    def test_reads_each_entry_once(self, account):
        buy(account, 100)
        move(account, SPEND, 30)

        assert (lots.settle(), lots.settle()) == (1, 0)
        assert shown(account) == [(70, 30, 0, 0)]

    def test_catches_up_in_steps_with_an_account_far_behind(self, account, monkeypatch):
        monkeypatch.setattr(lots, "MOST_ENTRIES", 2)
        buy(account, 100)
        for _ in range(4):
            move(account, SPEND, 10)

        assert lots.settle() == 3
        assert shown(account) == [(60, 40, 0, 0)]

    def test_a_transfer_takes_its_price_along(self, account):
        buy(account, 100, price="0.05")
        buy(account, 100, price="0.04")
        customers = AccountFactory(partner=account.partner, of_customer=True)
        transfer(account, customers, 130)
        move(customers, SPEND, 110)

        lots.settle()

        assert shown(account) == [(0, 0, 100, 0), (70, 0, 30, 0)]
        assert shown(customers) == [(0, 100, 0, 0), (20, 10, 0, 0)]
        prices = Lot.objects.filter(account=customers).values_list("unit_price_yuan", flat=True)
        assert set(prices) == {Decimal("0.05"), Decimal("0.04")}

    def test_follows_segments_there_and_back(self, account):
        buy(account, 100)
        customers = AccountFactory(partner=account.partner, of_customer=True)
        transfer(account, customers, 60)
        transfer(customers, account, 50)
        move(account, SPEND, 80)

        lots.settle()

        assert shown(account) == [(0, 40, 60, 0), (10, 40, 0, 0)]
        assert shown(customers) == [(10, 0, 50, 0)]

    def test_what_a_transfer_brought_is_used_before_what_was_bought_later(self, account):
        customers = AccountFactory(partner=account.partner, of_customer=True)
        buy(account, 100)
        transfer(account, customers, 60)
        buy(customers, 100)
        move(customers, SPEND, 50)

        lots.settle()

        assert shown(customers) == [(10, 50, 0, 0), (100, 0, 0, 0)]

    def test_a_reversal_takes_its_own_lot_first(self, account):
        buy(account, 100)
        wrong = buy(account, 50)
        asked = reversals.request(
            recharge_id=wrong.pk, cause="BOOKED_WRONGLY", reason="账户有误", by=SYSTEM, at=MORNING
        )
        reversals.approve(reversal_id=asked.pk, by=SYSTEM, at=MORNING)

        lots.settle()

        assert shown(account) == [(100, 0, 0, 0), (0, 0, 0, 50)]

    def test_leaves_alone_what_nobody_bought(self, account):
        ledger_credits.recharge(
            account_id=account.pk, segments=10, recharge_id=0, by=SYSTEM, at=MORNING
        )
        buy(account, 5)
        move(account, SPEND, 7)

        assert lots.settle() == 0
        assert shown(account) == [(5, 0, 0, 0)]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_use_nothing_up_twice():
    account = AccountFactory()
    buy(account, 100)
    with transaction.atomic():
        for _ in range(20):
            move(account, SPEND, 1)

    race(lots.settle, lots.settle)

    lots.settle()
    assert shown(account) == [(80, 20, 0, 0)]
    assert LotMark.objects.get().through_sequence == 21


class TestVerify:
    def test_finds_nothing_where_all_agrees(self, account, capsys):
        buy(account, 100)
        move(account, SPEND, 30)

        call_command("verify_money")

        assert "1 recharges, 1 accounts, 0 faults" in capsys.readouterr().out

    def test_names_a_lot_that_was_changed(self, account, capsys):
        buy(account, 100)
        lots.settle()
        Lot.objects.update(remaining_segments=90, spent_segments=10)

        with pytest.raises(CommandError, match="2 faults"):
            call_command("verify_money")
        assert f"{account.code}: 100 segments are unspent, its lots have 90" in (
            capsys.readouterr().err
        )

    def test_names_money_that_is_credited_twice(self, account):
        buy(account, 100)
        BankEntry.objects.update(status="UNMATCHED", settled_at=None)

        faults = [str(fault) for fault in verification.verify().faults]

        assert any("bank entry" in fault and "UNMATCHED" in fault for fault in faults)
        assert any(fault.startswith("money: 5.0") for fault in faults)

    def test_an_account_that_never_had_credit_has_nothing_to_follow(self, account):
        owed.collect(account_id=account.pk, by=SYSTEM, at=MORNING)

        assert verification.verify().faults == ()

    def test_names_lots_that_lag_behind(self, account):
        buy(account, 100)

        assert "have not followed" in str(verification.verify().faults[0])
