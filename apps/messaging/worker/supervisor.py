"""The worker's main thread: starts and ends the others, and says that the process lives."""

import os
import secrets
import socket
import threading
import time
from collections.abc import Iterable

import structlog
from django.conf import settings
from django.db import connection
from django.db.utils import InterfaceError, OperationalError

from apps.carriers.models import Connector
from apps.common import clock, heartbeats
from apps.messaging import feed
from apps.messaging.worker.dispatching import DispatchLoop, ReceiptsLoop, Spec
from apps.messaging.worker.listening import Listener
from apps.messaging.worker.loops import Loop
from apps.messaging.worker.tasks_thread import TasksThread

logger = structlog.get_logger(__name__)

LOOK_SECONDS = 1.0  # how soon a new or changed connector is noticed


class Worker:
    """One worker process.

    Its name is its own on every machine and after every restart, since leases are told apart by it.
    """

    def __init__(self, *, dispatchers: int, runs_tasks: bool) -> None:
        host = socket.gethostname()[:30]
        self.name = f"{host}/{os.getpid()}/{secrets.token_hex(3)}"
        self._dispatchers = dispatchers
        self._started_at = clock.now()
        self._stopping = threading.Event()
        self._loops: dict[Spec, list[Loop]] = {}
        self._listener = Listener(self._wake_dispatchers, worker=f"{self.name}/listen")
        self._tasks = TasksThread(worker=f"{self.name}/tasks") if runs_tasks else None
        self._beat_at = 0.0

    def stop(self) -> None:
        """Ask the worker to end; safe in a signal handler."""
        self._stopping.set()

    def run(self) -> None:
        """Work until `stop` is called, then return when every round in hand is finished."""
        logger.info("worker_started", worker=self.name, dispatchers=self._dispatchers)
        self._listener.start()
        if self._tasks:
            self._tasks.start()
        while not self._stopping.is_set():
            self._look_after_everything()
            self._stopping.wait(LOOK_SECONDS)
        self._end()
        logger.info("worker_stopped", worker=self.name)

    def _look_after_everything(self) -> None:
        try:
            is_due = time.monotonic() >= self._beat_at
            if is_due:
                # Before anything moves: a worker that comes back may find another server.
                feed.notice_another_cluster()
            self._look_after_connectors()
            if is_due:
                heartbeats.beat(name=self.name, started_at=self._started_at, at=clock.now())
                self._beat_at = time.monotonic() + heartbeats.BEAT_SECONDS
        except (OperationalError, InterfaceError) as error:
            logger.warning("database_failed", thread="main", reason=str(error).strip())
            connection.close()

    def _look_after_connectors(self) -> None:
        """Give every connector its threads; a disabled one still has receipts to come."""
        wanted = {Spec(*row) for row in Connector.objects.values_list("id", "protocol", "url")}
        for spec in wanted - self._loops.keys():
            self._loops[spec] = self._start(spec)
        for spec in self._loops.keys() - wanted:
            _stop_all(self._loops.pop(spec))

    def _start(self, spec: Spec) -> list[Loop]:
        prefix = f"{self.name}/{spec.connector_id}"
        loops: list[Loop] = [ReceiptsLoop(spec, worker=f"{prefix}/receipts")]
        loops += [
            DispatchLoop(spec, worker=f"{prefix}/{number}")
            for number in range(1, self._dispatchers + 1)
        ]
        for loop in loops:
            loop.start()
        return loops

    def _wake_dispatchers(self) -> None:
        for loops in list(self._loops.values()):
            for loop in loops:
                if isinstance(loop, DispatchLoop):
                    loop.wake()

    def _end(self) -> None:
        loops = [loop for loops in self._loops.values() for loop in loops]
        if self._tasks:
            self._tasks.stop()
        _stop_all([self._listener, *loops])
        deadline = time.monotonic() + settings.SMS_DISPATCH_LEASE_SECONDS
        for thread in [self._listener, *loops, *([self._tasks] if self._tasks else [])]:
            thread.join(max(0.0, deadline - time.monotonic()))
        try:
            heartbeats.stop(name=self.name)
        except (OperationalError, InterfaceError) as error:
            logger.warning("database_failed", thread="main", reason=str(error).strip())
        connection.close()


def _stop_all(loops: Iterable[Loop]) -> None:
    for loop in loops:
        loop.stop()
