"""Power cuts of workers and of the carrier under load: nothing is lost, nothing is sent twice."""

import random
import threading
import time

import pytest
from django.db import connection
from django.db.models import Sum

from apps.ledger.models import Balance
from apps.ledger.services import verification
from apps.messaging.models import Batch, Chunk, Message
from tests.carriers.simulators import SimulatorProcess
from tests.factories.messaging import ConnectorFactory, RouteFactory, queue
from tests.factories.partners import AccountFactory
from tests.messaging.worker_process import WorkerProcess, wait_until

ENDED = ("DELIVERED", "UNDELIVERED", "REJECTED", "UNKNOWN")
ENDINGS = ("7777", "0000", "0001", "0004", "0005")


@pytest.fixture
def simulator(tmp_path):
    simulator = SimulatorProcess(tmp_path / "simulator.db")
    simulator.start()
    yield simulator
    simulator.kill()


@pytest.fixture
def workers(transactional_db, simulator, tmp_path):
    """Two workers on one route."""
    RouteFactory(connector=ConnectorFactory(url=simulator.url))
    workers = [WorkerProcess(tmp_path / f"worker{n}.log", "--no-tasks") for n in range(2)]
    for worker in workers:
        worker.start()
    yield workers
    for worker in workers:
        worker.kill()


def keep_sending(accounts, ended):
    """Queue messages of every fate, in chunks of every size, until told to end."""
    try:
        while not ended.wait(0.05):
            for account, size in zip(accounts, (1, 7, 200), strict=True):
                numbers = [f"1380013{random.choice(ENDINGS)}" for _ in range(size)]
                queue(account, numbers, chunk_size=50)
    finally:
        connection.close()


def all_ended():
    """Tell whether every message reached a final state."""
    return not Message.objects.exclude(status__in=ENDED).exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestKilling:
    def test_workers_under_load_loses_nothing_and_repeats_nothing(self, workers, simulator):
        ended = threading.Event()
        sender = threading.Thread(
            target=keep_sending, args=([AccountFactory() for _ in range(3)], ended)
        )
        sender.start()
        for turn in range(6):
            time.sleep(random.uniform(0.5, 2.5))
            workers[turn % 2].kill()
            workers[turn % 2].start()
        ended.set()
        sender.join()

        wait_until(all_ended, seconds=60)

        check_books(simulator)

    def test_the_carrier_under_load_loses_nothing_and_repeats_nothing(self, workers, simulator):
        ended = threading.Event()
        sender = threading.Thread(
            target=keep_sending, args=([AccountFactory() for _ in range(3)], ended)
        )
        sender.start()
        for _ in range(3):
            time.sleep(random.uniform(1.5, 2.5))
            simulator.kill()
            simulator.start()
        ended.set()
        sender.join()

        wait_until(all_ended, seconds=60)

        check_books(simulator)


def check_books(simulator):
    messages = Message.objects.count()
    stats = simulator.stats()
    assert messages > 500
    assert (stats["submitted"], stats["repeated"]) == (messages, 0)
    assert not Chunk.objects.exists()
    given_back = Message.objects.filter(status__in=["REJECTED", "UNDELIVERED"]).count()
    total = Batch.objects.aggregate(total=Sum("segments"))["total"]
    spent = Balance.objects.aggregate(total=Sum("spent"))["total"]
    assert spent == total - given_back
    assert verification.verify().faults == ()
