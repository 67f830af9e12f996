"""`Idempotency-Key`: the same request under the same key is done once and answered the same."""

import json
from datetime import timedelta

import httpx
import pytest

from apps.common import clock
from apps.common.idempotency import fingerprint
from apps.common.models import StoredAnswer
from apps.messaging.models import Batch
from tests.factories.senders import MESSAGES, SEND, make_caller
from tests.racing import race

MANY = [f"139{n:08}" for n in range(150)]


class TestTheSameKey:
    @pytest.mark.parametrize(
        "body",
        [
            {**SEND, "to": ["13800138000", "12", "02185418874"], "reference": "甲"},
            {**SEND, "to": MANY},
            {**SEND, "kind": "otp", "send_at": clock.iso(clock.now() + timedelta(days=1))},
        ],
        ids=["few", "many", "scheduled"],
    )
    def test_replays_the_answer_byte_for_byte(self, caller, body):
        first = caller.post(body, Idempotency_Key="order-1")
        second = caller.post(body, Idempotency_Key="order-1")

        assert first.status_code == second.status_code == 202
        assert first.content == second.content
        assert Batch.objects.count() == 1
        assert caller.balance().available == first.json()["available"]

    def test_replays_although_the_account_may_no_longer_send(self, caller):
        first = caller.post(SEND, Idempotency_Key="order-1")
        caller.account.partner.agreements.update(status="TERMINATED")

        assert caller.post(SEND, Idempotency_Key="order-1").content == first.content

    def test_with_another_body_is_refused(self, caller, books):
        caller.post(SEND, Idempotency_Key="order-1")
        before = books()

        answer = caller.post({**SEND, "text": "改了"}, Idempotency_Key="order-1")

        assert answer.status_code == 422
        assert answer.json()["code"] == "idempotency_mismatch"
        assert books() == before

    def test_of_another_account_is_another_key(self, caller, stranger):
        caller.post(SEND, Idempotency_Key="order-1")

        assert stranger.post(SEND, Idempotency_Key="order-1").status_code == 202
        assert stranger.balance().available == 999

    def test_tried_with_a_test_key_before_still_sends_with_the_live_one(self, caller, sandbox):
        tried = sandbox.post(SEND, Idempotency_Key="order-1").json()

        sent = caller.post(SEND, Idempotency_Key="order-1").json()

        assert tried["id"] != sent["id"]
        assert caller.balance().spent == 1

    def test_is_free_again_after_a_refusal(self, db):
        caller = make_caller(segments=0)
        assert caller.post(SEND, Idempotency_Key="order-1").status_code == 402
        assert not StoredAnswer.objects.exists()


@pytest.mark.slow
def test_sixteen_at_the_same_moment_are_done_once_and_answered_the_same(server):
    for recipients in (1, 150):  # Stored in a group, and by COPY.
        caller = make_caller()
        body = {**SEND, "to": MANY[:recipients]}

        answers = race(*[lambda: post(server, caller, body)] * 16)  # noqa: B023 - run at once

        assert {answer.status_code for answer in answers} == {202}
        assert len({answer.content for answer in answers}) == 1
        assert caller.balance().spent == recipients
        assert Batch.objects.filter(account=caller.account).count() == 1
        assert StoredAnswer.objects.filter(scope=caller.account.pk).count() == 1


def post(server, caller, body):
    headers = {"Authorization": f"Bearer {caller.plain}", "Idempotency-Key": "order-1"}
    url = server.url + MESSAGES
    return httpx.post(url, json=body, headers=headers, timeout=30, trust_env=False)


@pytest.mark.parametrize("key", ["", "a b", "schlüssel", "k" * 129, "tab\tkey"])
def test_an_unusable_key_is_refused_by_name(caller, books, key):
    before = books()

    answer = caller.post(SEND, Idempotency_Key=key)

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["Idempotency-Key"]
    assert books() == before


def test_a_fingerprint_tells_path_and_body_apart():
    body = json.dumps(SEND).encode()

    prints = {fingerprint("/a", body), fingerprint("/b", body), fingerprint("/a", body + b" ")}
    assert len(prints) == 3
    assert fingerprint("/a", body) == fingerprint("/a", body)
