"""Concurrent sends of a process, gathered into one statement.

Whoever finds nobody storing leads: it stores its own send and every one that waits, while later ones
gather for the next statement. So one commit's flush and one lock of a hot account's row serve many
sends. A statement for four sends costs far less than four statements, and software that sends over
several connections comes back as soon as it is answered; so a leader waits a moment for those who
were answered just now. Where they do not come, that is tried more and more seldom; and a send that
comes alone waits for nobody.
"""

import threading
import time
from collections.abc import Callable, Sequence

from apps.common.database import was_rolled_back
from apps.messaging.accepting.drafts import Draft

MOST = 64
ENOUGH = 8  # With so many together one more saves little: nobody is waited for.
RETURN_SECONDS = 0.0015
MOST_PASSED = 7  # Groups that set out at once after waits in vain, until waiting is tried again.
Store = Callable[[Sequence[Draft]], Sequence[int | None]]


class _Waiting:
    """A draft and the thread that waits for it: on a bare lock, the cheapest there is."""

    __slots__ = ("available", "draft", "error", "leads", "wakened")

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.wakened = threading.Lock()
        self.wakened.acquire()
        self.available: int | None = None
        self.error: BaseException | None = None
        self.leads = False


class Gathering:
    """The sends of this process that wait for the next statement.

    Args:
        store: runs the statement; returns for each draft what `SendGroup.read` says of it.
        most: sends in one statement.
        return_seconds: for each that was answered, how long it is waited for from then on.
    """

    def __init__(
        self, store: Store, *, most: int = MOST, return_seconds: float = RETURN_SECONDS
    ) -> None:
        self._store = store
        self._most = most
        self._return_seconds = return_seconds
        self._mutex = threading.Lock()
        self._waiting: list[_Waiting] = []
        self._led = False
        self._expected = 0  # So many sends the next statement may have, until then:
        self._expected_until = 0.0
        self._in_vain = 0  # So many groups pass after a wait in vain,
        self._to_pass = 0  # and so many still do.
        self._incomplete = False  # A leader waits for more.
        self._complete = threading.Lock()
        self._complete.acquire()

    def store(self, draft: Draft) -> int | None:
        """Store a draft with its neighbours; return what `SendGroup.read` says of it.

        None also where the database refused the statement: it must be tried alone.

        Raises:
            psycopg.OperationalError: the database was lost; whether it was stored is not known.
        """
        own = _Waiting(draft)
        with self._mutex:
            self._waiting.append(own)
            own.leads = not self._led
            self._led = True
            if self._incomplete and len(self._waiting) >= self._expected:
                self._incomplete = False
                self._complete.release()
        if not own.leads:
            own.wakened.acquire()
        if own.leads:
            self._lead()
        if own.error is not None and not was_rolled_back(own.error):
            raise own.error
        return own.available

    def _lead(self) -> None:
        self._wait_for_the_expected()
        with self._mutex:
            taken = self._waiting[: self._most]
            del self._waiting[: self._most]
        stored: Sequence[int | None] = [None] * len(taken)
        error: BaseException | None = None
        try:
            stored = self._store([waiting.draft for waiting in taken])
        # Every waiting thread must hear of it, and `store` raises it again in this one. Whoever
        # heard nothing would try alone what may have been stored.
        except BaseException as raised:  # noqa: BLE001
            error = raised
        self._hand_over(len(taken))
        for waiting, available in zip(taken, stored, strict=True):
            waiting.available = available
            waiting.error = error
            waiting.wakened.release()

    def _wait_for_the_expected(self) -> None:
        with self._mutex:
            patience = self._expected_until - time.monotonic()
            if len(self._waiting) >= self._expected or patience <= 0:
                return
            if self._to_pass:
                self._to_pass -= 1
                return
            self._incomplete = True
        came = self._complete.acquire(timeout=patience)
        with self._mutex:
            if not came and not self._incomplete:  # Between the end of patience and now.
                came = self._complete.acquire()
            self._incomplete = False
            self._in_vain = 0 if came else min(2 * self._in_vain + 1, MOST_PASSED)
            self._to_pass = self._in_vain

    def _hand_over(self, stored: int) -> None:
        """Wake the first of those who came meanwhile to lead the next group."""
        with self._mutex:
            self._expected = min(ENOUGH, stored + len(self._waiting))
            self._expected_until = time.monotonic() + self._return_seconds * self._expected
            if not self._waiting:
                self._led = False
                return
            self._waiting[0].leads = True
            self._waiting[0].wakened.release()
