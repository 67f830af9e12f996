"""Messages that were not sent in time."""

from datetime import timedelta

import pytest

from apps.common import clock
from apps.ledger.models import Balance, LedgerEntry
from apps.ledger.services import verification
from apps.messaging.dispatching import expiry, leases
from apps.messaging.models import Chunk, Message
from tests.factories.messaging import ORDINARY, queue


def statuses(batch):
    return set(Message.objects.filter(batch=batch).values_list("status", flat=True))


class TestExpireDue:
    @pytest.mark.parametrize("rule", ["never", "on_reject", "on_failure"])
    def test_expires_and_gives_all_back_whatever_the_rule(self, account, rule):
        batch = queue(account, [ORDINARY] * 3, expires_at=clock.now(), refund_rule=rule)

        assert expiry.expire_due(at=clock.now()) == 1

        assert statuses(batch) == {"EXPIRED"}
        assert Balance.objects.get().available == 3
        assert not Chunk.objects.exists()
        assert verification.verify().faults == ()

    def test_writes_one_entry_for_a_batch_of_many_chunks(self, account):
        queue(account, [ORDINARY] * 6, chunk_size=2, expires_at=clock.now())

        expiry.expire_due(at=clock.now())

        assert LedgerEntry.objects.get(kind="REFUND").segments == 6

    def test_leaves_what_is_still_valid(self, account):
        batch = queue(account)

        assert expiry.expire_due(at=clock.now()) == 0
        assert statuses(batch) == {"QUEUED"}

    def test_leaves_what_a_worker_has_in_hand(self, account, opened):
        queue(account, expires_at=clock.now() + timedelta(seconds=1))
        leases.claim(opened)

        assert expiry.expire_due(at=clock.now() + timedelta(minutes=1)) == 0

    def test_gives_nothing_back_for_what_was_cancelled_before(self, account):
        batch = queue(account, expires_at=clock.now())
        Message.objects.filter(batch=batch).update(status="CANCELLED")

        expiry.expire_due(at=clock.now())

        assert Balance.objects.get().available == 0

    def test_gives_nothing_back_for_a_test_batch(self, account):
        queue(account)
        batch = queue(account, is_test=True, expires_at=clock.now())

        expiry.expire_due(at=clock.now())

        assert statuses(batch) == {"EXPIRED"}
        assert Balance.objects.get().available == 0


class TestGiveUpUnreconciled:
    def test_after_72_hours_the_fate_stays_unknown_and_credit_goes_back(self, account, opened):
        batch = queue(account)
        leases.claim(opened)
        Chunk.objects.update(leased_until=clock.now() - timedelta(seconds=1))

        assert expiry.give_up_unreconciled(at=clock.now() + timedelta(hours=97)) == 1

        assert statuses(batch) == {"UNKNOWN"}
        assert Balance.objects.get().available == 1

    def test_waits_for_the_carrier_until_then(self, account, opened):
        queue(account)
        leases.claim(opened)
        Chunk.objects.update(leased_until=clock.now() - timedelta(seconds=1))

        assert expiry.give_up_unreconciled(at=clock.now() + timedelta(hours=95)) == 0
