"""Wakes threads when messages are queued."""

from collections.abc import Callable

from django.db import connection

from apps.messaging.worker.loops import Loop

CHANNEL = "messaging_queued"


class Listener(Loop):
    """Waits for NOTIFY and calls `on_queued`; without it the threads look once a second."""

    def __init__(self, on_queued: Callable[[], None], *, worker: str) -> None:
        super().__init__(name=worker)
        self._on_queued = on_queued

    def step(self) -> bool:
        """Listen on a connection until it breaks or the thread is to stop."""
        connection.ensure_connection()
        raw = connection.connection
        with connection.wrap_database_errors:
            raw.execute(f"LISTEN {CHANNEL}")
            self._on_queued()  # for what was queued while nobody listened
            while not self.is_stopping:
                for _notice in raw.notifies(timeout=1.0, stop_after=1):
                    self._on_queued()
        return False
