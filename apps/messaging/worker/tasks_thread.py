"""Procrastinate's worker in a thread of ours."""

import asyncio
import contextlib
import threading

import structlog
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout

logger = structlog.get_logger(__name__)

REST_SECONDS = 5.0
JOBS_AT_ONCE = 2


class TasksThread(threading.Thread):
    """Runs tasks and their schedules until it is told to stop; running tasks are finished."""

    def __init__(self, *, worker: str) -> None:
        super().__init__(name=worker, daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._main: asyncio.Task[None] | None = None
        self._is_stopping = threading.Event()

    def stop(self) -> None:
        """End once the running tasks are done."""
        self._is_stopping.set()
        if self._loop and self._main and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._main.cancel)

    def run(self) -> None:
        """Run the event loop: the thread's body."""
        with contextlib.suppress(asyncio.CancelledError):
            asyncio.run(self._work_on())

    async def _work_on(self) -> None:
        self._loop, self._main = asyncio.get_running_loop(), asyncio.current_task()
        while not self._is_stopping.is_set():
            try:
                await self._work()
            except (ConnectorException, PoolTimeout, OSError) as error:
                logger.warning("database_failed", thread=self.name, reason=str(error).strip())
            except Exception:
                logger.exception("step_failed", thread=self.name)
            if not self._is_stopping.is_set():
                await asyncio.sleep(REST_SECONDS)

    async def _work(self) -> None:
        with app.replace_connector(DjangoConnector().get_worker_connector()):
            async with app.open_async():
                await app.run_worker_async(
                    name=self.name,
                    concurrency=JOBS_AT_ONCE,
                    install_signal_handlers=False,
                    delete_jobs="successful",
                )
