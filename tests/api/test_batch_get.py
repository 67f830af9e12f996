"""`GET /batches/{id}`: a batch and where its messages stand."""

from datetime import timedelta

import pytest

from apps.common import clock
from apps.messaging.models import Message
from tests.factories.senders import SEND


def read(caller, name):
    return caller.get(f"/api/v1/batches/{name}")


def test_shows_what_was_sent_and_how_it_stands(caller):
    sent = caller.post({**SEND, "to": ["13800138000", "18900138000", "1"]}).json()
    Message.objects.filter(number="13800138000").update(status="DELIVERED")

    shown = read(caller, sent["id"]).json()

    same = ("id", "status", "kind", "signature", "reference", "accepted", "rejected", "segments")
    assert {name: shown[name] for name in same} == {name: sent[name] for name in same}
    assert shown["counts"] == {"delivered": 1, "queued": 1}
    assert shown["text"] == SEND["text"]
    assert shown["expires_at"] > shown["created_at"] == sent["created_at"]


def test_is_finished_once_no_message_is_open(caller):
    sent = caller.post(SEND).json()
    Message.objects.update(status="UNDELIVERED")

    assert read(caller, sent["id"]).json()["status"] == "finished"


def test_is_scheduled_until_its_time(caller):
    at = clock.now() + timedelta(hours=1)
    sent = caller.post({**SEND, "send_at": clock.iso(at)}).json()

    shown = read(caller, sent["id"]).json()

    assert (shown["status"], shown["send_at"]) == ("scheduled", clock.iso(at))


def test_counts_only_its_own_messages(caller):
    first = caller.post({**SEND, "to": ["13800138000", "18900138000"]}).json()
    caller.post(SEND)

    assert read(caller, first["id"]).json()["counts"] == {"queued": 2}


@pytest.mark.parametrize("name", ["bat_0", "msg_" + "0" * 32, "bat_" + "0" * 32, "bat_%F0"])
def test_what_is_not_there_is_not_found(caller, name):
    assert read(caller, name).status_code == 404
