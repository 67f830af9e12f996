"""Power cuts of the web server under load: what was accepted is charged and stored, once."""

import itertools
import random
import threading
import time
import uuid

import httpx
import pytest
from django.db.models import Count, Sum

from apps.common.models import StoredAnswer
from apps.ledger.models import LedgerEntry
from apps.ledger.services import verification
from apps.messaging.models import Batch, Chunk, Message
from tests.factories.senders import MESSAGES, SEND, make_caller
from tests.processes import web_server

CLIENTS = 8
SIZES = (1, 3, 150)  # Grouped, grouped, copied.
GIVE_UP_SECONDS = 60


class Client(threading.Thread):
    """A partner's software that repeats every request under its key until it is answered."""

    def __init__(self, url, caller, ended):
        super().__init__()
        self.answers, self.repeats, self.failure = [], 0, None
        self._url, self._caller, self._ended = url, caller, ended

    def run(self):
        try:
            with httpx.Client(base_url=self._url, timeout=10, trust_env=False) as http:
                for size in itertools.cycle(SIZES):
                    if self._ended.is_set():
                        return
                    self.answers.append(self._send(http, size))
        except Exception as error:  # noqa: BLE001 - the test tells it
            self.failure = error

    def _send(self, http, size):
        numbers = [f"139{random.randrange(10**8):08}" for _ in range(size)]
        headers = {
            "Authorization": f"Bearer {self._caller.plain}",
            "Idempotency-Key": uuid.uuid4().hex,
        }
        deadline = time.monotonic() + GIVE_UP_SECONDS
        while time.monotonic() < deadline:
            try:
                answer = http.post(MESSAGES, json={**SEND, "to": numbers}, headers=headers)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code == 202:
                return answer.json()
            assert answer is None or answer.status_code == 503, answer.text
            self.repeats += 1
            time.sleep(0.02)
        raise AssertionError("The server never answered.")


@pytest.mark.slow
def test_nothing_is_lost_or_charged_twice(transactional_db, tmp_path):
    callers = [make_caller(segments=10_000_000) for _ in range(2)]
    ended = threading.Event()
    with web_server(tmp_path / "web.log") as server:
        clients = [Client(server.url, callers[n % 2], ended) for n in range(CLIENTS)]
        for client in clients:
            client.start()
        for _ in range(3):
            time.sleep(random.uniform(0.3, 1.0))
            server.kill_worker()
            time.sleep(random.uniform(0.3, 1.0))
            server.kill()
            server.start()
        ended.set()
        for client in clients:
            client.join(timeout=GIVE_UP_SECONDS)

    assert [client.failure for client in clients] == [None] * CLIENTS
    assert sum(client.repeats for client in clients) > 0
    check_books([answer for client in clients for answer in client.answers])


def check_books(answers):
    told = {answer["id"]: answer["accepted"] for answer in answers}
    stored = dict(Batch.objects.values_list("id", "accepted_count"))
    assert len(told) == len(answers) > 50
    assert {f"bat_{identifier.hex}": count for identifier, count in stored.items()} == told
    assert StoredAnswer.objects.count() == len(answers)
    messages = Message.objects.values_list("batch_id").annotate(count=Count("*"))
    assert dict(messages) == stored
    assert Chunk.objects.aggregate(total=Sum("message_count"))["total"] == sum(told.values())
    charges = LedgerEntry.objects.filter(kind="CAPTURE")
    assert charges.count() == len(answers)
    segments = Batch.objects.aggregate(total=Sum("segments"))["total"]
    assert charges.aggregate(total=Sum("segments"))["total"] == segments
    assert verification.verify().faults == ()
