"""`GET /ledger`: every movement, newest first."""

import pytest

from apps.common import clock
from apps.ledger.models import LedgerEntry
from tests.api.test_messages_get import walk
from tests.factories.senders import SEND

LEDGER = "/api/v1/ledger"


def test_shows_the_charge_of_a_send_and_the_recharge_before_it(caller):
    sent = caller.post(SEND).json()

    charge, recharge = caller.get(LEDGER).json()["data"]

    entry = LedgerEntry.objects.get(kind="CAPTURE")
    assert charge == {
        "id": f"led_{entry.id.hex}",
        "sequence": 2,
        "kind": "capture",
        "from_bucket": "available",
        "to_bucket": "spent",
        "segments": 1,
        "available_after": 999,
        "about": {"type": "batch", "id": sent["id"]},
        "note": "",
        "created_at": clock.iso(entry.created_at),
    }
    assert (recharge["kind"], recharge["segments"]) == ("recharge", 1000)
    assert recharge["about"] == {"type": "recharge", "id": "1"}


def test_gives_every_entry_once(caller):
    for _ in range(4):
        caller.post(SEND)

    seen, sizes = walk(caller, LEDGER, limit=2)

    assert (sizes, len(set(seen))) == ([2, 2, 1], 5)


@pytest.mark.parametrize("cursor", ["x", "LTE=", "MS41", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA="])
def test_a_cursor_that_we_did_not_give_is_refused(caller, cursor):
    answer = caller.get(LEDGER, {"cursor": cursor})

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["cursor"]
