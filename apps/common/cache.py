"""Small tables kept in each process for a few seconds: read often, changed rarely.

Only for what may be that much out of date on some machine, such as settings that staff seldom change;
never for credit, suspension, approval or keys.
"""

import threading
import time
from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar

T = TypeVar("T")
KEPT_SECONDS = 5.0


class Kept(Generic[T]):
    """A value that is loaded again when it is older than `KEPT_SECONDS`."""

    everything: ClassVar[list["Kept[Any]"]] = []

    def __init__(self, load: Callable[[], T]) -> None:
        self.everything.append(self)
        self._load = load
        self._lock = threading.Lock()
        self._value: T | None = None
        self._until = 0.0

    def get(self) -> T:
        """Return the value, loading it when there is none or it has become too old."""
        value = self._value
        if value is None or time.monotonic() >= self._until:
            with self._lock:
                value = self._value
                if value is None or time.monotonic() >= self._until:  # Nobody loaded it meanwhile.
                    value = self._value = self._load()
                    self._until = time.monotonic() + KEPT_SECONDS
        return value

    def forget(self) -> None:
        """Load anew at the next call: the table was changed here."""
        self._value = None


def forget_all() -> None:
    """Forget every kept table of this process."""
    for kept in Kept.everything:
        kept.forget()
