"""Storing drafts: concurrent sends of a process as one statement, large ones by COPY."""

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import connection, transaction

from apps.common.database import numbered_cursor
from apps.ledger.models import Balance
from apps.ledger.services.entries import InsufficientCreditError
from apps.messaging.accepting import copying, sql
from apps.messaging.accepting.drafts import Draft
from apps.messaging.accepting.gathering import Gathering
from apps.messaging.accepting.groups import CHANGED, SendGroup
from apps.messaging.accepting.shared_connection import SharedConnection

GATHERED_MESSAGES = 100  # A send of more messages goes by COPY in a transaction of its own.
WAKE_SECONDS = 0.02  # NOTIFY takes a lock over all commits: so often at most, per process.


class SenderChangedError(Exception):
    """The sender is no longer what it is remembered as; nothing was stored."""


def hang_up() -> None:
    """Close the connection over which the process stores its groups; the next send opens it again."""
    _shared.close()


def store(draft: Draft) -> int:
    """Store one draft, all of it or nothing, and return the segments then available.

    Raises:
        InsufficientCreditError: the account cannot pay for it.
        SenderChangedError: its sender was remembered and has changed.
        UniqueViolation: its idempotency key was stored meanwhile.
    """
    if draft.message_count > GATHERED_MESSAGES:
        return _store_large(draft)
    available = _gathering.store(draft)
    return _checked(draft, _execute([draft])[0] if available is None else available)


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
        return _checked(draft, _execute([draft], copied=True)[0])


def _available(account_id: int) -> int:
    found = Balance.objects.filter(pk=account_id).values_list("available", flat=True).first()
    return found or 0


def _insufficient(draft: Draft) -> InsufficientCreditError:
    return InsufficientCreditError(required=draft.segments, available=_available(draft.account_id))


def _guard() -> AbstractContextManager[Any]:
    """Return a savepoint inside a transaction; outside, the statement is a transaction itself."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def _execute(drafts: Sequence[Draft], *, copied: bool = False) -> list[int | None]:
    """Run the statement; return what `SendGroup.read` says of each draft.

    Messages that were copied into the table before are left out of it.
    """
    group = SendGroup(drafts, copied=copied)
    with _guard(), numbered_cursor() as cursor:
        cursor.execute(sql.ACCEPT, group.parameters(wake=_waker.is_due()), prepare=True)
        return group.read(cursor.fetchall())


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
_shared = SharedConnection()


def _store_together(drafts: Sequence[Draft]) -> list[int | None]:
    """Store drafts over the process's own connection; in an open transaction, on its connection."""
    if connection.in_atomic_block:
        return _execute(drafts)
    group = SendGroup(drafts)
    return group.read(_shared.execute(sql.ACCEPT, group.parameters(wake=_waker.is_due())))


_gathering = Gathering(_store_together)
