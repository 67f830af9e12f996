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


# Recipients of a send, and sends that the credit covers: alone, several, and by COPY.
ROUNDS = [(1, 300), (3, 100), (150, 20)]


@pytest.mark.slow
def test_exactly_half_is_accepted(transactional_db, tmp_path):
    with web_server(tmp_path / "web.log") as server:
        for recipients, accepted in ROUNDS:
            caller = make_caller(segments=recipients * accepted)
            statuses = ask(server, caller, recipients, times=2 * accepted)

            assert statuses == Counter({202: accepted, 402: accepted})
            check_books(caller, recipients * accepted, sends=accepted)
    assert verification.verify().faults == ()


def ask(server, caller, recipients, *, times):
    body = json.dumps({**SEND, "to": NUMBERS[:recipients]}).encode()
    request = client.request_bytes(MESSAGES, body, {"Authorization": f"Bearer {caller.plain}"})
    requests = itertools.repeat(request)
    return client.run(server.port, requests, connections=32, seconds=60, most=times).statuses


def check_books(caller, segments, *, sends):
    balance = caller.balance()
    assert (balance.issued, balance.available, balance.spent) == (segments, 0, segments)
    charges = LedgerEntry.objects.filter(account=caller.account, kind="CAPTURE")
    assert charges.aggregate(total=Sum("segments"))["total"] == segments
    assert charges.count() == Batch.objects.filter(account=caller.account).count() == sends
    assert Message.objects.filter(account=caller.account).count() == segments
