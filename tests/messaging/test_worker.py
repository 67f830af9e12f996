"""The worker process: sends, collects, beats, listens, survives and ends."""

import threading
import time

import pytest
from django.db import connection
from django.db.utils import OperationalError

from apps.carriers.connectors.base import CarrierError
from apps.carriers.models import Connector
from apps.common import clock, heartbeats
from apps.common.models import WorkerHeartbeat
from apps.messaging import tasks
from apps.messaging.models import Message
from apps.messaging.worker.loops import Loop
from tests.factories.messaging import ORDINARY, ConnectorFactory, RouteFactory, queue
from tests.messaging.worker_process import WorkerProcess, wait_until


def delivered():
    return Message.objects.filter(status="DELIVERED").count()


def wake_workers():
    with connection.cursor() as cursor:
        cursor.execute("NOTIFY messaging_queued")


@pytest.fixture
def worker(transactional_db, route, tmp_path):
    worker = WorkerProcess(tmp_path / "worker.log", "--no-tasks")
    worker.start()
    wait_until(WorkerHeartbeat.objects.exists)
    yield worker
    worker.kill()


@pytest.mark.slow
class TestWorker:
    def test_delivers_what_is_queued(self, worker, account):
        queue(account, [ORDINARY] * 20, chunk_size=3)
        wake_workers()

        wait_until(lambda: delivered() == 20)

    def test_looks_by_itself_when_nobody_notifies(self, worker, account):
        queue(account)

        wait_until(lambda: delivered() == 1)

    def test_is_woken_by_a_notice(self, worker, account):
        started = time.monotonic()
        for _ in range(10):
            queue(account, ["13800130000"])
            wake_workers()
            wait_until(lambda: not Message.objects.filter(status="QUEUED").exists())

        assert time.monotonic() - started < 5  # ten polls of a second would take longer

    def test_notices_a_new_connector(self, worker, account, simulator):
        RouteFactory(operator="UNICOM", connector=ConnectorFactory(url=simulator.url))
        queue(account, operator="UNICOM")

        wait_until(lambda: delivered() == 1)

    def test_collects_receipts_of_a_disabled_connector(self, worker, account):
        queue(account)
        wait_until(lambda: not Message.objects.filter(status="QUEUED").exists())
        Connector.objects.update(is_enabled=False)

        wait_until(lambda: delivered() == 1)

    def test_ends_on_sigterm_and_takes_its_heartbeat_away(self, worker):
        assert worker.stop() == 0
        assert not WorkerHeartbeat.objects.exists()

    def test_leaves_no_lease_behind_when_it_is_stopped_under_load(self, worker, account, simulator):
        queue(account, [ORDINARY] * 3000, chunk_size=50)
        wake_workers()
        wait_until(lambda: simulator.stats()["submitted"] > 0)

        assert worker.stop() == 0
        sent = Message.objects.exclude(status="QUEUED").count()
        assert sent == simulator.stats()["submitted"]

    def test_goes_on_after_its_connections_were_cut(self, worker, account):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            assert cursor.rowcount >= 3
        queue(account)

        wait_until(lambda: delivered() == 1)
        assert worker.stop() == 0

    def test_writes_no_number_and_no_text_in_its_log(self, worker, account):
        queue(account, [ORDINARY, "13800130005"])
        wait_until(lambda: delivered() == 1)
        worker.stop()

        assert "dispatched" in worker.log()
        assert ORDINARY not in worker.log()
        assert "您的订单" not in worker.log()


@pytest.mark.slow
class TestTasks:
    def test_are_run_by_the_worker_which_ends_with_them(
        self, transactional_db, route, tmp_path, account
    ):
        batch = queue(account, expires_at=clock.now(), operator="PHS")
        worker = WorkerProcess(tmp_path / "worker.log")
        worker.start()
        tasks.expire.defer(timestamp=0)

        wait_until(lambda: Message.objects.get(batch=batch).status == "EXPIRED")
        assert worker.stop() == 0


class Stumbling(Loop):
    """Fails as told, then works."""

    pause_seconds = 0.01

    def __init__(self, *errors):
        super().__init__("stumbling")
        self.errors = list(errors)
        self.done = threading.Event()

    def step(self):
        if self.errors:
            raise self.errors.pop(0)
        self.done.set()
        return False


class TestLoop:
    @pytest.mark.parametrize(
        "error",
        [
            OperationalError("the database system is shutting down"),
            CarrierError("HTTP 503", permanent=False),
            ValueError("a mistake of ours"),
        ],
    )
    def test_outlives_an_error(self, error):
        loop = Stumbling(error)
        loop.start()

        assert loop.done.wait(5)
        loop.stop()
        loop.join(5)
        assert not loop.is_alive()

    def test_ends_at_once_when_it_pauses(self):
        loop = Stumbling()
        loop.pause_seconds = 60
        loop.start()
        loop.done.wait(5)

        loop.stop()
        loop.join(5)

        assert not loop.is_alive()


class TestHeartbeats:
    def test_say_whether_a_worker_was_seen_lately(self, db):
        at = clock.now()
        heartbeats.beat(name="w", started_at=at, at=at)

        assert heartbeats.is_worker_seen_lately(at=at)
        assert not heartbeats.is_worker_seen_lately(at=at + heartbeats.SEEN_LATELY)

    def test_say_no_when_there_never_was_one(self, db):
        assert not heartbeats.is_worker_seen_lately(at=clock.now())

    def test_of_the_dead_are_forgotten_after_a_day(self, db):
        at = clock.now()
        heartbeats.beat(name="dead", started_at=at, at=at - heartbeats.FORGOTTEN_AFTER * 2)
        heartbeats.beat(name="alive", started_at=at, at=at)

        assert heartbeats.forget_dead(at=at) == 1
        assert heartbeats.last_seen() == at
