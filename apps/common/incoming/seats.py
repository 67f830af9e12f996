"""Who may hold a thread until its body is there."""

import threading
from collections.abc import Hashable


class IncompleteError(OSError):
    """The body did not come, or there was no seat to wait for it."""


class Seats:
    """So many bodies are waited for at once, and so many of them for one sender.

    A body whose bytes are there takes its seat for less than a millisecond. So who has found none
    after `seconds` will not: they are taken by bodies that do not come.
    """

    def __init__(self, *, most: int, each: int, seconds: float) -> None:
        self._most, self._each, self._seconds = most, each, seconds
        self._lock = threading.Lock()
        self._left = threading.Condition(self._lock)
        self._waiting = 0
        self._taken: dict[Hashable, int] = {}
        self._count = 0

    def take(self, who: Hashable) -> None:
        """Take a seat.

        Raises:
            IncompleteError: none became free.
        """
        with self._lock:
            if not self._took(who) and not self._took_later(who):
                raise IncompleteError("Too many bodies are waited for.")

    def leave(self, who: Hashable) -> None:
        """Give the seat to somebody else."""
        with self._lock:
            self._count -= 1
            if self._taken[who] == 1:
                del self._taken[who]
            else:
                self._taken[who] -= 1
            if self._waiting:
                self._left.notify_all()  # Not each of them may have this one.

    def _took(self, who: Hashable) -> bool:
        taken = self._taken.get(who, 0)
        if self._count >= self._most or taken >= self._each:
            return False
        self._taken[who] = taken + 1
        self._count += 1
        return True

    def _took_later(self, who: Hashable) -> bool:
        self._waiting += 1
        try:
            return self._left.wait_for(lambda: self._took(who), timeout=self._seconds)
        finally:
            self._waiting -= 1
