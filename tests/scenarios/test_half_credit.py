"""Thirty-two clients on one account with credit for half of what they ask, on the real server."""

import itertools
import json
from collections import Counter

import pytest
from django.db.models import Sum

from apps.ledger.models import LedgerEntry
from apps.ledger.services import verification
from apps.messaging.models import Batch, Message
from tests.factories.senders import MESSAGES, SEND, make_caller
from tests.load import client
from tests.processes import web_server

NUMBERS = [f"139{n:08}" for n in range(150)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("recipients", "accepted"), [(1, 300), (3, 100), (150, 20)], ids=["one", "three", "copied"]
)
def test_exactly_half_is_accepted(transactional_db, tmp_path, recipients, accepted):
    caller = make_caller(segments=recipients * accepted)
    body = json.dumps({**SEND, "to": NUMBERS[:recipients]}).encode()
    request = client.request_bytes(MESSAGES, body, {"Authorization": f"Bearer {caller.plain}"})

    with web_server(tmp_path / "web.log") as server:
        result = client.run(
            server.port, itertools.repeat(request), connections=32, seconds=60, most=2 * accepted
        )

    assert result.statuses == Counter({202: accepted, 402: accepted})
    balance = caller.balance()
    assert (balance.available, balance.spent) == (0, recipients * accepted)
    charged = LedgerEntry.objects.filter(kind="CAPTURE")
    assert charged.aggregate(total=Sum("segments"))["total"] == balance.spent
    assert charged.count() == Batch.objects.count() == accepted
    assert Message.objects.count() == balance.spent
    assert verification.verify().faults == ()
