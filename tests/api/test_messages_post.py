"""`POST /messages`: what is accepted, charged and stored."""

import json
from datetime import timedelta

import pytest

from apps.carriers.models import Route
from apps.common import clock
from apps.ledger.models import LedgerEntry
from apps.messaging.models import Batch, Chunk, Message
from tests.factories.messaging import RouteFactory
from tests.factories.senders import SEND, SIGNATURE, make_caller

NUMBERS = [f"139{n:08}" for n in range(10_001)]


class TestSending:
    def test_answers_as_the_contract_shows(self, caller):
        answer = caller.post({**SEND, "to": ["+86 138-0013-8000", "123"], "reference": "A-1"})

        assert answer.status_code == 202
        assert answer["Content-Type"] == "application/json"
        batch, message = Batch.objects.get(), Message.objects.get()
        assert answer.json() == {
            "id": f"bat_{batch.id.hex}",
            "status": "queued",
            "kind": "notice",
            "signature": SIGNATURE,
            "reference": "A-1",
            "accepted": 1,
            "rejected": [
                {
                    "to": "123",
                    "code": "invalid_number",
                    "detail": "This is not a mainland mobile or PHS number.",
                }
            ],
            "segments": 1,
            "available": 999,
            "created_at": clock.iso(batch.created_at),
            "send_at": None,
            "messages": [
                {
                    "id": f"msg_{message.id.hex}",
                    "to": "13800138000",
                    "network": "mobile",
                    "segments": 1,
                    "status": "queued",
                }
            ],
        }

    def test_charges_and_stores_it_whole(self, caller):
        caller.post({**SEND, "text": "字" * 70, "to": ["13800138000", "02185418874"]})

        balance, entry = caller.balance(), LedgerEntry.objects.get(kind="CAPTURE")
        assert (balance.available, balance.spent, balance.entry_count) == (996, 4, 2)
        assert (entry.segments, entry.available_after) == (4, 996)
        assert entry.about_id == Batch.objects.get().id.hex
        rows = Message.objects.order_by("number").values_list("number", "operator", "segments")
        assert list(rows) == [("02185418874", "PHS", 2), ("13800138000", "MOBILE", 2)]
        assert Chunk.objects.count() == 2

    def test_takes_one_number_as_text(self, caller):
        assert caller.post({**SEND, "to": "013800138000"}).json()["accepted"] == 1

    def test_lists_the_messages_in_the_order_asked(self, caller):
        numbers = ["18900138000", "13800138000", "02185418874", "13000138000"]

        answer = caller.post({**SEND, "to": numbers}).json()

        assert [message["to"] for message in answer["messages"]] == numbers
        assert len(set(Message.objects.values_list("id"))) == 4

    def test_lists_a_hundred_messages_and_no_more(self, caller):
        assert len(caller.post({**SEND, "to": NUMBERS[:100]}).json()["messages"]) == 100
        assert "messages" not in caller.post({**SEND, "to": NUMBERS[:101]}).json()

    def test_wants_no_field_beyond_number_and_text(self, caller):
        nothing = {"signature": None, "send_at": None, "reference": None, "extension": ""}

        assert caller.post(SEND).status_code == caller.post({**SEND, **nothing}).status_code == 202

    def test_keeps_extension_and_validity(self, caller):
        caller.post({**SEND, "extension": "042", "valid_for": 60})

        batch = Batch.objects.get()
        assert batch.extension == "042"
        assert batch.expires_at - batch.created_at == timedelta(seconds=60)

    def test_takes_any_approved_signature_of_the_account(self, caller):
        caller.account.signatures.update(is_default=False)

        assert caller.post({**SEND, "signature": f"【{SIGNATURE}】"}).status_code == 202

    def test_ends_marketing_with_the_way_to_opt_out(self, caller):
        caller.post({**SEND, "kind": "marketing"})
        caller.post({**SEND, "kind": "marketing", "text": "会员日八折，拒收请回复R"})

        texts = Batch.objects.order_by("id").values_list("text", flat=True)
        assert list(texts) == ["您的订单已发货。拒收请回复R", "会员日八折，拒收请回复R"]


class TestScheduling:
    def test_waits_for_the_time_asked(self, caller):
        at = clock.now() + timedelta(days=29)

        answer = caller.post({**SEND, "send_at": clock.iso(at)}).json()

        assert (answer["status"], answer["send_at"]) == ("scheduled", clock.iso(at))
        assert Chunk.objects.get().due_at > clock.now()
        assert Batch.objects.get().expires_at - at > timedelta(hours=23, minutes=59)

    def test_takes_a_time_just_past_for_now(self, caller):
        at = clock.now() - timedelta(minutes=4)

        answer = caller.post({**SEND, "send_at": clock.iso(at)}).json()

        assert (answer["status"], answer["send_at"]) == ("queued", None)

    @pytest.mark.parametrize("days", [-1, 31])
    def test_refuses_a_time_too_far_off(self, caller, days):
        at = clock.now() + timedelta(days=days)

        answer = caller.post({**SEND, "send_at": clock.iso(at)})

        assert answer.status_code == 422
        assert list(answer.json()["errors"]) == ["send_at"]


class TestManyRecipients:
    def test_accepts_ten_thousand(self, db):
        caller = make_caller(segments=10_000)

        answer = caller.post({**SEND, "to": NUMBERS[:10_000]}).json()

        assert (answer["accepted"], answer["available"]) == (10_000, 0)
        assert Message.objects.count() == 10_000
        assert sum(Chunk.objects.values_list("message_count", flat=True)) == 10_000
        assert max(Chunk.objects.values_list("message_count", flat=True)) == 500

    def test_refuses_one_more(self, caller, books):
        before = books()

        answer = caller.post({**SEND, "to": NUMBERS})

        assert answer.status_code == 422
        assert list(answer.json()["errors"]) == ["to"]
        assert books() == before

    def test_charges_nothing_when_credit_does_not_cover_all(self, caller, books):
        before = books()

        answer = caller.post({**SEND, "to": NUMBERS[:1001]})

        problem = answer.json()
        assert answer.status_code == 402
        assert (problem["required"], problem["available"]) == (1001, 1000)
        assert books() == before


class TestLength:
    def longest(self, notice=0):
        return "字" * (500 - len(SIGNATURE) - 2 - notice)

    def test_takes_500_characters_with_signature(self, caller):
        answer = caller.post({**SEND, "text": self.longest()})

        assert answer.status_code == 202
        assert answer.json()["segments"] == 8

    @pytest.mark.parametrize(
        ("kind", "notice"), [("notice", -1), ("marketing", 5)], ids=["signature", "opt-out"]
    )
    def test_refuses_one_more(self, caller, kind, notice):
        answer = caller.post({**SEND, "text": self.longest(notice), "kind": kind})

        assert answer.status_code == 422
        assert list(answer.json()["errors"]) == ["text"]

    def test_counts_an_emoji_as_two(self, caller):
        assert caller.post({**SEND, "text": self.longest(1) + "😀"}).status_code == 422
        assert caller.post({**SEND, "text": self.longest(2) + "😀"}).status_code == 202


class TestRejectedNumbers:
    def test_are_told_one_by_one_with_the_rest_sent(self, caller):
        wrong = ["12345", "", "13800138000 ", "+852 9123 4567", "１３９００１３９０００"]

        answer = caller.post({**SEND, "to": ["13800138000", *wrong]}).json()

        assert answer["accepted"] == 2
        told = [(item["to"], item["code"]) for item in answer["rejected"]]
        assert told == [
            ("12345", "invalid_number"),
            ("", "invalid_number"),
            ("13800138000 ", "duplicate"),
            ("+852 9123 4567", "invalid_number"),
        ]
        assert Batch.objects.get().rejected == [{"to": to, "code": code} for to, code in told]

    def test_without_a_route_are_unroutable(self, caller):
        Route.objects.filter(is_test=False).delete()
        RouteFactory(operator="MOBILE")

        answer = caller.post({**SEND, "to": ["13800138000", "18900138000"]}).json()

        assert (answer["accepted"], answer["segments"]) == (1, 1)
        assert [item["code"] for item in answer["rejected"]] == ["unroutable"]

    def test_when_all_are_refuse_the_send(self, caller, books):
        before = books()

        answer = caller.post({**SEND, "to": ["1", "2"]})

        assert answer.status_code == 422
        assert answer.json()["code"] == "no_valid_recipient"
        assert [item["to"] for item in answer.json()["rejected"]] == ["1", "2"]
        assert books() == before


class TestSandbox:
    def test_is_never_charged(self, caller, sandbox):
        before = caller.balance()

        answer = sandbox.post({**SEND, "to": NUMBERS[10:1500:3], "signature": "未审核"}).json()

        assert (answer["accepted"], answer["segments"], answer["available"]) == (497, 497, 1000)
        assert caller.balance().spent == before.spent == 0
        assert not LedgerEntry.objects.filter(kind="CAPTURE").exists()
        assert Batch.objects.get().is_test
        assert all(Chunk.objects.values_list("is_test", flat=True))

    def test_plays_an_empty_account_for_0009(self, sandbox, books):
        before = books()

        answer = sandbox.post({**SEND, "to": "13800130009"})

        assert answer.status_code == 402
        assert answer.json()["code"] == "insufficient_credit"
        assert books() == before

    def test_needs_no_papers(self, sandbox):
        sandbox.account.partner.agreements.update(status="TERMINATED")
        sandbox.account.signatures.update(status="SUSPENDED")

        assert sandbox.post(SEND).status_code == 202


def test_a_body_is_read_whatever_its_key_order(caller):
    turned = json.dumps(dict(reversed(SEND.items()))).encode()

    assert caller.post(turned).status_code == 202
