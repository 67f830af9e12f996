"""`GET /messages/{id}`: one message with its timeline and charge."""

from datetime import timedelta

import pytest

from apps.common import clock, ids
from apps.messaging.models import Message, Receipt
from tests.factories.messaging import queue
from tests.factories.senders import MESSAGES, SEND


def read(caller, message):
    return caller.get(f"{MESSAGES}/{ids.public('msg', message.id)}").json()


def test_a_new_message_was_accepted_and_charged(caller):
    sent = caller.post(SEND).json()

    shown = caller.get(f"{MESSAGES}/{sent['messages'][0]['id']}").json()

    assert shown["batch"] == sent["id"]
    assert shown["timeline"] == [{"status": "accepted", "at": sent["created_at"], "code": None}]
    assert shown["charge"] == {"segments": 1, "refunded": 0}


def test_the_timeline_tells_every_word_of_the_carrier(caller):
    queue(caller.account)
    at = clock.now()
    Message.objects.update(status="DELIVERED", submitted_at=at, finished_at=at)
    message = Message.objects.get()
    for second, (status, code) in enumerate((("UNDELIVERED", "E1"), ("DELIVERED", ""))):
        Receipt.objects.create(
            id=ids.uuid7(at + timedelta(seconds=second)), connector_id=1, carrier_id="c1", account=caller.account,
            message_id=message.id, status=status, code=code, done_at=at, received_at=at,
        )  # fmt: skip

    events = [(event["status"], event["code"]) for event in read(caller, message)["timeline"]]

    assert events == [
        ("accepted", None), ("submitted", None), ("undelivered", "E1"), ("delivered", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "was_taken", "rule", "refunded"),
    [
        ("DELIVERED", True, "on_failure", 0),
        ("UNDELIVERED", True, "on_failure", 1),
        ("UNDELIVERED", True, "on_reject", 0),
        ("UNKNOWN", True, "on_failure", 0),
        ("UNKNOWN", False, "never", 1),
        ("REJECTED", False, "on_reject", 1),
        ("REJECTED", False, "never", 0),
        ("EXPIRED", False, "never", 1),
    ],
)
def test_the_charge_tells_what_was_given_back(caller, status, was_taken, rule, refunded):
    queue(caller.account, refund_rule=rule)
    now = clock.now()
    Message.objects.update(status=status, submitted_at=now if was_taken else None, finished_at=now)

    shown = read(caller, Message.objects.get())

    assert shown["charge"] == {"segments": 1, "refunded": refunded}
    assert shown["timeline"][-1]["status"] == status.lower()


def test_a_test_message_cost_nothing(caller, sandbox):
    sent = sandbox.post(SEND).json()

    shown = caller.get(f"{MESSAGES}/{sent['messages'][0]['id']}").json()

    assert shown["test"] is True
    assert shown["charge"] == {"segments": 0, "refunded": 0}


@pytest.mark.parametrize(
    "name",
    [
        "msg_",
        "msg_0",
        "msg_" + "g" * 32,
        "bat_" + "0" * 32,
        "0" * 32,
        "msg_" + "0" * 32,
        "%00",
        "消",
    ],
)
def test_what_is_not_there_is_not_found(caller, name):
    answer = caller.get(f"{MESSAGES}/{name}")

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"
