"""The daily seals: a chain in which every entry has its place."""

from datetime import timedelta

import pytest

from apps.common import clock
from apps.ledger.models import DailySeal, LedgerEntry
from apps.ledger.services import seals
from tests.factories.partners import AccountFactory
from tests.ledger.conftest import recharge

TODAY = clock.local_date(clock.now())


def seal(days=0):
    return seals.seal(day=TODAY + timedelta(days=days), at=clock.now())


class TestSeal:
    def test_chains_each_day_to_the_one_before(self, account):
        seal()
        recharge(account, 5)
        recharge(account, 6)
        seal(days=1)

        first, second = DailySeal.objects.order_by("day")
        entries = list(LedgerEntry.objects.order_by("sequence"))
        assert (first.through_sequence, second.through_sequence) == (1, 3)
        assert bytes(first.digest) == seals.digest(seals.FIRST_DIGEST, entries[:1])
        assert bytes(second.digest) == seals.digest(bytes(first.digest), entries[1:])

    def test_done_again_seals_nothing_twice(self, account):
        assert [seal(), seal()] == [1, 0]

    def test_of_a_day_that_is_sealed_leaves_later_entries_to_the_next(self, account):
        seal()
        recharge(account, 5)

        assert [seal(), seal(days=1)] == [0, 1]

    def test_leaves_out_accounts_without_news(self, account):
        seal()
        recharge(AccountFactory(), 1)

        assert seal(days=1) == 1


@pytest.mark.parametrize("field", ["segments", "actor", "note", "about_id", "kind", "created_at"])
def test_the_digest_changes_with_every_fact(account, field):
    entry = LedgerEntry.objects.get()
    before = seals.digest(seals.FIRST_DIGEST, [entry])

    value = getattr(entry, field)
    setattr(entry, field, value + timedelta(seconds=1) if field == "created_at" else f"{value}1")

    assert seals.digest(seals.FIRST_DIGEST, [entry]) != before
