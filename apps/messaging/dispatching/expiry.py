"""Messages whose time ran out before they went to a carrier."""

from datetime import datetime

from django.db import transaction

from apps.common.database import execute
from apps.messaging.choices import MessageStatus
from apps.messaging.dispatching import answers, sql
from apps.messaging.dispatching.claims import ClaimedChunk
from apps.messaging.receipts import LATE_WINDOW

CHUNKS_AT_ONCE = 200


def expire_due(*, at: datetime) -> int:
    """Expire the waiting chunks whose validity has ended, and give all their credit back.

    Chunks under lease are left to their worker: they may be with the carrier already.
    Returns how many chunks.
    """
    return _take_off_all(sql.TAKE_OFF_EXPIRED, MessageStatus.EXPIRED, until=at, at=at)


def give_up_unreconciled(*, at: datetime) -> int:
    """Give up chunks of unknown fate whose carrier could not be asked for 72 hours.

    Their messages become UNKNOWN and are refunded, since nobody can show that they were sent.
    """
    until = at - LATE_WINDOW
    return _take_off_all(sql.TAKE_OFF_UNRECONCILED, MessageStatus.UNKNOWN, until=until, at=at)


def _take_off_all(statement: str, status: MessageStatus, *, until: datetime, at: datetime) -> int:
    total = 0
    while count := _take_off(statement, status, until=until, at=at):
        total += count
    return total


@transaction.atomic
def _take_off(statement: str, status: MessageStatus, *, until: datetime, at: datetime) -> int:
    parameters = {"until": until, "most_chunks": CHUNKS_AT_ONCE}
    chunks = [ClaimedChunk(*row) for row in execute(statement, parameters)]
    if chunks:
        answers.finish(chunks, status=status, code="", at=at)
    return len(chunks)
