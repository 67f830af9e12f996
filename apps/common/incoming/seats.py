"""Who may hold a thread until its body is there."""

import threading
from collections import Counter
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
        self._left = threading.Condition()
        self._taken: Counter[Hashable] = Counter()
        self._count = 0

    def take(self, who: Hashable) -> None:
        """Take a seat.

        Raises:
            IncompleteError: none became free.
        """
        with self._left:
            if not self._left.wait_for(lambda: self._has_room(who), timeout=self._seconds):
                raise IncompleteError("Too many bodies are waited for.")
            self._taken[who] += 1
            self._count += 1

    def leave(self, who: Hashable) -> None:
        """Give the seat to somebody else."""
        with self._left:
            self._count -= 1
            self._taken[who] -= 1
            if not self._taken[who]:
                del self._taken[who]
            self._left.notify_all()

    def _has_room(self, who: Hashable) -> bool:
        return self._count < self._most and self._taken[who] < self._each
