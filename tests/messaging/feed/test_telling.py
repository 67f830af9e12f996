"""Whatever moves a message tells of it, in the same statement."""

import time
from datetime import timedelta

import pytest

from apps.common import clock
from apps.messaging import dispatching, receipts
from apps.messaging.dispatching import sql as dispatching_sql
from apps.messaging.models import Batch, Message, StatusChange
from apps.messaging.receipts import sql as receipts_sql
from tests.factories.messaging import queue

AT_ONCE = "13800130000"
REFUSED = "13800130005"
SILENT = "13800130002"


def told_of(batch):
    found = StatusChange.objects.filter(batch_id=batch.id).order_by("position")
    return list(found.values_list("status", "code"))


def send(opened):
    return dispatching.hand_over(opened, at=clock.now())


@pytest.mark.django_db
class TestTelling:
    def test_of_what_a_carrier_took(self, opened, account):
        batch = queue(account, [SILENT])
        send(opened)

        change = StatusChange.objects.get(batch_id=batch.id)
        message = Message.objects.get(batch=batch)
        assert (change.status, change.message_id) == ("SUBMITTED", message.id)
        assert (change.account_id, change.happened_at) == (account.pk, message.submitted_at)

    def test_of_what_a_carrier_refused(self, opened, account):
        batch = queue(account, [REFUSED])
        send(opened)

        assert [status for status, _ in told_of(batch)] == ["REJECTED"]
        assert told_of(batch)[0][1] == Message.objects.get(batch=batch).carrier_code != ""

    def test_of_what_expired(self, account):
        at = clock.now()
        batch = queue(account, [SILENT, SILENT], expires_at=at - timedelta(seconds=1))
        dispatching.expire_due(at=at)

        assert told_of(batch) == [("EXPIRED", "")] * 2

    def test_of_a_receipt(self, opened, account):
        batch = queue(account, [AT_ONCE])
        send(opened)
        time.sleep(0.01)  # a receipt is shown once its microsecond is over
        receipts.collect(
            connector_id=opened.connector_id, carrier=opened.carrier, limit=9, at=clock.now()
        )

        assert told_of(batch) == [("SUBMITTED", ""), ("DELIVERED", "DELIVRD")]

    def test_of_a_silence_of_72_hours(self, opened, account):
        batch = queue(account, [SILENT])
        send(opened)
        later = clock.now() + timedelta(hours=73)
        receipts.give_up_waiting(since=later - timedelta(days=9), at=later)

        assert [status for status, _ in told_of(batch)] == ["SUBMITTED", "UNKNOWN"]

    def test_of_nothing_where_nothing_moved(self, opened, account):
        batch = queue(account, [SILENT])
        Message.objects.filter(batch=batch).update(status="CANCELLED")
        send(opened)

        assert told_of(batch) == []
        assert Batch.objects.count() == 1


@pytest.mark.parametrize("module", [dispatching_sql, receipts_sql])
def test_no_statement_moves_messages_in_silence(module):
    statements = [value for value in vars(module).values() if isinstance(value, str)]
    moving = [text for text in statements if "UPDATE messaging_message" in text]

    assert moving
    assert all("INSERT INTO messaging_statuschange" in text for text in moving)
