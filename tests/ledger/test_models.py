"""What the database itself refuses, whatever the code does."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from apps.common import clock
from apps.ledger.models import Balance, DailySeal, LedgerEntry
from apps.ledger.services import seals


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"available": 101}, "buckets_add_up"),
        ({"issued": 99}, "buckets_add_up"),
        ({"spent": 1}, "buckets_add_up"),
        ({"available": -1, "spent": 101}, "never_below_zero"),
        ({"held": -1, "spent": 1}, "never_below_zero"),
        ({"spent": -1, "held": 1}, "never_below_zero"),
    ],
)
def test_buckets_that_do_not_add_up_are_refused(account, change, rule):
    with pytest.raises(IntegrityError, match=rule):
        Balance.objects.filter(pk=account.pk).update(**change)


class TestEntries:
    def entry(self, account, **fields):
        good = {
            "id": "01a2059f-18ee-7cff-99d5-0b4763c8545d", "sequence": 2, "kind": "CAPTURE",
            "from_bucket": "AVAILABLE", "to_bucket": "SPENT", "segments": 1,
            "available_after": 99, "about": "BATCH", "about_id": "x", "created_at": clock.now(),
        }  # fmt: skip
        return LedgerEntry.objects.create(account=account, **good | fields)

    @pytest.mark.parametrize(
        ("fields", "rule"),
        [
            ({"segments": 0}, "moves_something"),
            ({"segments": -5}, "moves_something"),
            ({"to_bucket": "AVAILABLE"}, "moves_something"),
            ({"available_after": -1}, "never_below_zero"),
            ({"sequence": 1}, "one_per_sequence"),
        ],
    )
    def test_that_make_no_sense_are_refused(self, account, fields, rule):
        with pytest.raises(IntegrityError, match=rule):
            self.entry(account, **fields)


@pytest.mark.parametrize("act", ["UPDATE {} SET account_id = 0", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["ledger_ledgerentry", "ledger_dailyseal"])
def test_what_is_written_stays_written(account, table, act):
    seals.seal(day=clock.local_date(clock.now()), at=clock.now())

    with (
        pytest.raises(ProgrammingError, match="Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act.format(table))

    assert LedgerEntry.objects.count() == DailySeal.objects.count() == 1
