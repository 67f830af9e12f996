"""A thread that does one step again and again, and outlives what goes wrong in it."""

import threading
from abc import ABC, abstractmethod

import structlog
from django.db import connection
from django.db.utils import InterfaceError, OperationalError

from apps.carriers.connectors.base import CarrierError

logger = structlog.get_logger(__name__)

LONGEST_REST_SECONDS = 5.0


class Loop(threading.Thread, ABC):
    """Repeats `step` until it is told to stop; the step in hand is finished."""

    pause_seconds = 1.0

    def __init__(self, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._failures = 0

    @abstractmethod
    def step(self) -> bool:
        """Do one round; return whether there is certainly more to do at once."""

    def next_pause(self) -> float:
        """Return how many seconds to rest when there was nothing to do."""
        return self.pause_seconds

    def finish(self) -> None:
        """Give up what the thread holds, at its end."""

    def wake(self) -> None:
        """End the present pause."""
        self._wake.set()

    def stop(self) -> None:
        """End after the step in hand."""
        self._stopping.set()
        self._wake.set()

    @property
    def is_stopping(self) -> bool:
        """Tell whether the thread was told to stop."""
        return self._stopping.is_set()

    def run(self) -> None:
        """Run the loop: the thread's body."""
        while not self.is_stopping:
            if not self._step_safely():
                self._rest()
        self.finish()
        connection.close()

    def _step_safely(self) -> bool:
        try:
            has_more = self.step()
        except (OperationalError, InterfaceError) as error:
            # The database restarts, or ended a deadlock: what was not committed is done again.
            logger.warning("database_failed", thread=self.name, reason=str(error).strip())
            connection.close()
        except CarrierError as error:
            logger.warning(
                "carrier_failed", thread=self.name, reason=str(error), permanent=error.permanent
            )
        except Exception:
            logger.exception("step_failed", thread=self.name)
        else:
            self._failures = 0
            return has_more
        self._failures += 1
        return False

    def _rest(self) -> None:
        """Pause until something wakes the thread; longer after each failure in a row."""
        seconds = self.next_pause()
        if self._failures:
            seconds = min(0.1 * 2.0 ** min(self._failures, 10), LONGEST_REST_SECONDS)
        self._wake.wait(seconds)
        self._wake.clear()
