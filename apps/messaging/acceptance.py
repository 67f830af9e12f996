"""Storing drafts: concurrent sends of a process as one statement, large ones by COPY.

The first request that finds nobody storing stores its own send and every one that waits, while
later ones gather for the next statement. So under load one commit's flush and one lock of a hot
account's row serve many sends, and a lone send waits for nobody.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import orjson
import psycopg
from django.db import connection, transaction

from apps.common.database import numbered_cursor, was_rolled_back
from apps.ledger.models import Balance
from apps.ledger.services.entries import InsufficientCreditError
from apps.messaging import copying, sql
from apps.messaging.drafts import Draft
from apps.messaging.line import Line

GROUPED_SENDS = 64  # Sends in one statement at most.
GROUPED_MESSAGES = 100  # A send of more messages goes by COPY in a transaction of its own.
WAKE_SECONDS = 0.02  # NOTIFY takes a lock over all commits: so often at most, per process.
CHANGED = -1  # The statement's word that a remembered sender no longer stands.


class SenderChangedError(Exception):
    """The sender is no longer what it is remembered as; nothing was stored."""


class _Waiting:
    """A draft and the thread that waits for it: on a bare lock, the cheapest there is."""

    __slots__ = ("available", "draft", "error", "leads", "wakened")

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.wakened = threading.Lock()
        self.wakened.acquire()
        self.available: int | None = None
        self.error: Exception | None = None
        self.leads = False


class _Group:
    """The sends of this process that wait for the next statement."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: list[_Waiting] = []
        self._busy = False

    def store(self, draft: Draft) -> int | None:
        """Store a draft with its neighbours; None when it must be tried alone.

        Raises:
            psycopg.OperationalError: the database was lost; whether it was stored is not known.
        """
        own = _Waiting(draft)
        with self._mutex:
            self._waiting.append(own)
            own.leads = not self._busy
            self._busy = True
        if not own.leads:
            own.wakened.acquire()
        if own.leads:
            self._lead()
        if own.error is not None and not _was_rolled_back(own.error):
            raise own.error
        return own.available

    def _lead(self) -> None:
        time.sleep(0)  # Let those in who only wait for the interpreter: fewer, larger statements.
        with self._mutex:
            taken = self._waiting[:GROUPED_SENDS]
            del self._waiting[:GROUPED_SENDS]
        stored: dict[int, int] = {}
        error: Exception | None = None
        try:
            stored = _execute_together([waiting.draft for waiting in taken])
        except Exception as raised:  # noqa: BLE001 - every waiting thread must hear of it
            error = raised
        finally:
            self._hand_over()
            for position, waiting in enumerate(taken):
                waiting.available = stored.get(position)
                waiting.error = error
                waiting.wakened.release()

    def _hand_over(self) -> None:
        """Wake the first of those who came meanwhile to lead the next group."""
        with self._mutex:
            if not self._waiting:
                self._busy = False
                return
            self._waiting[0].leads = True
            self._waiting[0].wakened.release()


_group = _Group()
_line = Line()


def hang_up() -> None:
    """Close the process's line to the database; the next send opens it again."""
    _line.close()


def store(draft: Draft) -> int:
    """Store one draft, all of it or nothing, and return the segments then available.

    Raises:
        InsufficientCreditError: the account cannot pay for it.
        SenderChangedError: its sender was remembered and has changed.
        UniqueViolation: its idempotency key was stored meanwhile.
    """
    if draft.message_count > GROUPED_MESSAGES:
        return _store_large(draft)
    available = _group.store(draft)
    return _checked(draft, _execute([draft]).get(0) if available is None else available)


def _checked(draft: Draft, available: int | None) -> int:
    if available is None:
        raise _insufficient(draft)
    if available == CHANGED:
        raise SenderChangedError
    return available


def _store_large(draft: Draft) -> int:
    """COPY the messages first and debit last, so that the balance is locked for the shortest time."""
    if not draft.is_test and _available(draft.account_id) < draft.segments:
        raise _insufficient(draft)
    with transaction.atomic():
        copying.copy(copying.blocks(draft))
        return _checked(draft, _execute([draft], copied=True).get(0))


def _available(account_id: int) -> int:
    found = Balance.objects.filter(pk=account_id).values_list("available", flat=True).first()
    return found or 0


def _insufficient(draft: Draft) -> InsufficientCreditError:
    return InsufficientCreditError(required=draft.segments, available=_available(draft.account_id))


def _was_rolled_back(error: Exception) -> bool:
    return isinstance(error, psycopg.Error) and was_rolled_back(error)


def _guard() -> AbstractContextManager[Any]:
    """Return a savepoint inside a transaction; outside, the statement is a transaction itself."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def _execute_together(drafts: Sequence[Draft]) -> dict[int, int]:
    """Run the statement over the process's own line; in an open transaction, on its connection."""
    if connection.in_atomic_block:
        return _execute(drafts)
    return dict(_line.run(sql.ACCEPT, _parameters(drafts, drafts)))


def _execute(drafts: Sequence[Draft], *, copied: bool = False) -> dict[int, int]:
    """Run the statement; return the credit left by the position of each send that was stored.

    Messages that were copied into the table before are left out of it.
    """
    parameters = _parameters(drafts, () if copied else drafts)
    with _guard(), numbered_cursor() as cursor:
        cursor.execute(sql.ACCEPT, parameters, prepare=True)
        return dict(cursor.fetchall())


def _parameters(drafts: Sequence[Draft], inserted: Sequence[Draft]) -> tuple[Any, ...]:
    places = {draft.remembered: place for place, draft in enumerate(drafts) if draft.remembered}
    return (
        _rows(
            draft.send_row(i) | {"sender": draft.remembered and places[draft.remembered]}
            for i, draft in enumerate(drafts)
        ),
        _rows(row for i, draft in enumerate(inserted) for row in draft.message_rows(i)),
        _rows(row for i, draft in enumerate(drafts) for row in draft.chunk_rows(i)),
        _rows(remembered.row(place) for remembered, place in places.items()),
        _waker.is_due(),
    )


def _rows(rows: Iterator[dict[str, Any]]) -> str:
    return orjson.dumps(list(rows)).decode()


class _Waker:
    """Says when to wake the workers: not with every send."""

    def __init__(self) -> None:
        self._last = 0.0

    def is_due(self) -> bool:
        """Tell whether to notify, False if this process did a moment ago.

        Workers look by themselves each second.
        """
        now = time.monotonic()
        if now - self._last < WAKE_SECONDS:
            return False
        self._last = now
        return True


_waker = _Waker()
