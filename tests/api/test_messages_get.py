"""`GET /messages`: newest first, narrowed by filters, paged by cursors that stay put."""

from datetime import timedelta

import pytest

from apps.common import clock
from apps.messaging.models import Message
from tests.factories.messaging import queue
from tests.factories.senders import MESSAGES, SEND


def walk(caller, path, **query):
    """Return all ids by following `next`, and the sizes of the pages."""
    seen, sizes, cursor = [], [], None
    while True:
        page = caller.get(path, query | ({"cursor": cursor} if cursor else {})).json()
        seen += [item["id"] for item in page["data"]]
        sizes.append(len(page["data"]))
        cursor = page["next"]
        if cursor is None:
            return seen, sizes


class TestPages:
    def test_shows_a_message_as_the_contract_says(self, caller):
        sent = caller.post({**SEND, "reference": "A-1"}).json()

        page = caller.get(MESSAGES).json()

        assert page["next"] is None
        assert page["data"] == [
            {
                "id": sent["messages"][0]["id"],
                "batch": sent["id"],
                "to": "13800138000",
                "network": "mobile",
                "kind": "notice",
                "signature": sent["signature"],
                "text": SEND["text"],
                "reference": "A-1",
                "test": False,
                "segments": 1,
                "status": "queued",
                "carrier_code": None,
                "created_at": sent["created_at"],
                "submitted_at": None,
                "finished_at": None,
            }
        ]

    def test_gives_every_message_once_newest_first(self, caller):
        queue(caller.account, [f"138{n:08}" for n in range(7)])

        seen, sizes = walk(caller, MESSAGES, limit=3)

        assert sizes == [3, 3, 1]
        assert seen == sorted(seen, reverse=True)
        assert len(set(seen)) == 7

    def test_does_not_move_when_new_messages_come(self, caller):
        queue(caller.account, [f"138{n:08}" for n in range(4)])
        first = caller.get(MESSAGES, {"limit": 2}).json()
        queue(caller.account, ["13800138000"])

        second = caller.get(MESSAGES, {"limit": 2, "cursor": first["next"]}).json()

        assert second["next"] is None
        assert len({item["id"] for item in first["data"] + second["data"]}) == 4

    def test_holds_fifty_unless_asked(self, caller):
        queue(caller.account, [f"138{n:08}" for n in range(101)])

        assert len(caller.get(MESSAGES).json()["data"]) == 50
        assert len(caller.get(MESSAGES, {"limit": 100}).json()["data"]) == 100

    def test_has_no_next_when_the_last_page_is_just_full(self, caller):
        queue(caller.account, [f"138{n:08}" for n in range(2)])

        assert caller.get(MESSAGES, {"limit": 2}).json()["next"] is None

    @pytest.mark.parametrize("count", [2, 20])
    def test_asks_the_database_as_often_for_many(self, caller, count, django_assert_num_queries):
        queue(caller.account, [f"138{n:08}" for n in range(count)])
        queue(caller.account, ["13800138000"])

        with django_assert_num_queries(3):  # The key, the messages, their batches.
            caller.get(MESSAGES)


class TestFilters:
    @pytest.fixture
    def two(self, caller):
        old = queue(
            caller.account, ["13800138000"], at=clock.now() - timedelta(hours=2), reference="旧"
        )
        new = queue(caller.account, ["02185418874"], operator="PHS", signature="远帆信息")
        Message.objects.filter(batch_id=old.id).update(status="DELIVERED")
        return old, new

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"status": "delivered"}, ["旧"]),
            ({"status": "queued"}, [None]),
            ({"to": "+86 138 0013 8000"}, ["旧"]),
            ({"to": "021-85418874"}, [None]),
            ({"to": "垃圾"}, []),
            ({"reference": "旧"}, ["旧"]),
            ({"signature": "远帆信息"}, [None]),
            ({"signature": "远帆信息", "status": "delivered"}, []),
            ({"to": "", "reference": "", "signature": ""}, [None, "旧"]),
            ({"since": "0001-01-01T00:00:00+14:00"}, [None, "旧"]),
            ({"until": "9999-12-31T23:59:59-12:00"}, [None, "旧"]),
        ],
    )
    def test_narrow_the_list(self, caller, two, query, found):
        page = caller.get(MESSAGES, query).json()

        assert [item["reference"] for item in page["data"]] == found

    def test_part_at_a_moment(self, caller, two):
        hour_ago = clock.iso(clock.now() - timedelta(hours=1))

        since = caller.get(MESSAGES, {"since": hour_ago}).json()["data"]
        until = caller.get(MESSAGES, {"until": hour_ago}).json()["data"]

        assert [item["reference"] for item in since + until] == [None, "旧"]

    def test_hold_from_page_to_page(self, caller, two):
        queue(caller.account, [f"138{n:08}" for n in range(5)])

        seen, _sizes = walk(caller, MESSAGES, limit=2, status="queued")

        assert len(seen) == 6

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("limit", "0"),
            ("limit", "101"),
            ("limit", "-1"),
            ("limit", "ten"),
            ("limit", "٣"),
            ("cursor", "x"),
            ("cursor", "\u00fc"),
            ("cursor", "c2VxdWVuY2U="),
            ("status", "DELIVERED"),
            ("status", "lost"),
            ("status", ""),
            ("since", ""),
            ("since", "yesterday"),
            ("since", "2026-01-31T09:00:00"),
            ("until", "2026-02-30T09:00:00+08:00"),
            ("reference", "\0"),
            ("signature", "a\0"),
            ("to", "138\0"),
        ],
    )
    def test_that_cannot_be_used_are_named(self, caller, name, value):
        answer = caller.get(MESSAGES, {name: value})

        assert answer.status_code == 422
        assert list(answer.json()["errors"]) == [name]
