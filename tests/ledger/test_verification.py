"""`verify_ledger`: agrees when all is well, and names the row that was tampered with."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from apps.common import clock
from apps.ledger.models import Balance, DailySeal, LedgerEntry
from apps.ledger.services import seals
from apps.ledger.services.verification import verify
from tests.factories.partners import AccountFactory
from tests.ledger.conftest import recharge, transfer, unguarded


@pytest.fixture
def books(account):
    """Two accounts: 100 − 30 + 10 and 30; the first day is sealed."""
    other = AccountFactory(partner=account.partner, of_customer=True)
    transfer(account, other, 30)
    seals.seal(day=clock.local_date(clock.now()), at=clock.now())
    recharge(account, 10)
    return account


def faults():
    return [str(fault) for fault in verify().faults]


def tamper(sql):
    with unguarded("ledger_ledgerentry") as cursor:
        cursor.execute(sql)


def test_all_agree(books, capsys):
    call_command("verify_ledger")

    assert capsys.readouterr().out == (
        "The ledger agrees: 2 accounts, 4 entries, 2 seals, 0 faults.\n"
    )


def test_nothing_at_all_agrees(db):
    assert verify().faults == ()


class TestTampering:
    def test_with_an_entry_names_it_and_the_balance(self, books):
        tamper(
            f"UPDATE ledger_ledgerentry SET segments = 11 WHERE account_id = {books.pk} AND sequence = 3"
        )

        assert faults() == [
            f"{books.code} entry 3: 11 segments should leave 81 available, the entry says 80",
            f"{books.code} balance: issued is 80, the entries say 81",
            f"{books.code} balance: available is 80, the entries say 81",
        ]

    def test_with_a_balance_names_its_buckets(self, books):
        Balance.objects.filter(pk=books.pk).update(issued=90, available=90)

        assert faults() == [
            f"{books.code} balance: issued is 90, the entries say 80",
            f"{books.code} balance: available is 90, the entries say 80",
        ]

    def test_by_deleting_an_entry_names_the_gap(self, books):
        tamper(f"DELETE FROM ledger_ledgerentry WHERE account_id = {books.pk} AND sequence = 2")

        assert f"{books.code} entry 3: the entry before it is missing" in faults()

    def test_by_deleting_the_newest_entry_names_the_balance(self, books):
        tamper(f"DELETE FROM ledger_ledgerentry WHERE account_id = {books.pk} AND sequence = 3")

        assert f"{books.code} balance: counts 3 entries, there are 2 up to 2" in faults()

    def test_by_deleting_a_balance_names_it(self, books):
        Balance.objects.filter(pk=books.pk).delete()

        assert f"{books.code} balance: is missing although there are 3 entries" in faults()

    def test_with_a_sealed_entry_that_still_adds_up_names_the_seal(self, books):
        tamper(
            f"UPDATE ledger_ledgerentry SET actor = 'x' WHERE account_id = {books.pk} AND sequence = 1"
        )

        day = clock.local_date(clock.now())
        assert faults() == [
            f"{books.code} seal {day}: entries 1 to 2 are not those that were sealed"
        ]

    def test_is_told_by_the_command_with_the_row(self, books, capsys):
        Balance.objects.filter(pk=books.pk).update(available=79, held=1)

        with pytest.raises(CommandError, match="2 faults"):
            call_command("verify_ledger")

        assert f"{books.code} balance: held is 1, the entries say 0" in capsys.readouterr().err


def test_later_seals_hold_after_an_older_one(books):
    seals.seal(day=clock.local_date(clock.now()) + timedelta(days=1), at=clock.now())

    assert DailySeal.objects.count() == 3
    assert LedgerEntry.objects.count() == 4
    assert faults() == []
