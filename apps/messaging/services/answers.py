"""Recording what a carrier answered: in one transaction for hundreds of messages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import DataError, IntegrityError, connection, transaction

from apps.agreements.choices import RefundRule
from apps.carriers.connectors.base import Answer
from apps.ledger.services.refunds import Refund, refund_batches
from apps.messaging import sql_dispatch as sql
from apps.messaging.choices import MessageStatus
from apps.messaging.models import Message
from apps.messaging.services import leases
from apps.messaging.work import Claimed, Link, Work, runs

logger = structlog.get_logger(__name__)

# DESIGN section 5. What nobody sent goes back whatever the rule says.
REFUND_ON_REJECT = [RefundRule.ON_REJECT.value, RefundRule.ON_FAILURE.value]
REFUND_ON_FAILURE = [RefundRule.ON_FAILURE.value]
REFUND_ALWAYS = RefundRule.values

MOST_CODE = Message._meta.get_field("carrier_code").max_length or 0


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages a round submitted, how many were refused, how many stay open."""

    taken: int = 0
    refused: int = 0
    open: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.taken + other.taken, self.refused + other.refused, self.open + other.open)


def record(link: Link, work: Work, answers: Sequence[Answer], *, at: datetime) -> Tally:
    """Record answers and take the chunks that are done off the queue.

    The chunks of unanswered messages stay under lease. Where the database refuses the whole,
    chunks are recorded one by one, so that a bad one holds up nobody else.
    """
    try:
        return _record(link, work, answers, at=at)
    except (DataError, IntegrityError):
        if len(work.chunks) == 1:
            logger.exception("answers_not_recorded", chunk=work.chunks[0].id.hex)
            return Tally(open=len(work.messages))
    tally = Tally()
    for piece in work.split():
        own = [answer for answer in answers if answer.reference in piece.place_of]
        tally += record(link, piece, own, at=at)
    return tally


@transaction.atomic
def refuse_all(link: Link, chunks: Sequence[Claimed], *, code: str, at: datetime) -> None:
    """Reject the messages of chunks that no connector takes, and give all credit back."""
    if chunks:
        finish(chunks, status=MessageStatus.REJECTED, code=code, at=at)
        leases.delete(link, chunks)


def finish(chunks: Sequence[Claimed], *, status: MessageStatus, code: str, at: datetime) -> None:
    """Move the queued messages of chunks, which nobody sent, to `status`; refund them.

    Runs in the caller's transaction.
    """
    parameters = {**runs(chunks), "status": status, "code": code, "at": at, "rules": REFUND_ALWAYS}
    refund(sql.run(sql.FINISH_RUNS, parameters), at=at)


def refund(rows: Iterable[tuple[int, UUID, int]], *, at: datetime) -> None:
    """Give back (account, batch, segments), in the caller's transaction."""
    items = [Refund(*row) for row in rows]
    with connection.cursor() as cursor:
        refund_batches(cursor, items, at)


@transaction.atomic
def _record(link: Link, work: Work, answers: Sequence[Answer], *, at: datetime) -> Tally:
    taken = [answer for answer in answers if answer.is_taken]
    refused = [answer for answer in answers if not answer.is_taken]
    _record_taken(link, work, taken, at=at)
    _record_refused(work, refused, at=at)
    still_open = set(work.open_chunks(answers))
    leases.delete(link, [chunk for chunk in work.chunks if chunk not in still_open])
    return Tally(len(taken), len(refused), len(work.messages) - len(answers))


def _record_taken(link: Link, work: Work, taken: Sequence[Answer], *, at: datetime) -> None:
    # A carrier that gives one id twice is wrong; the database takes each only once a statement.
    by_carrier_id = {answer.carrier_id: answer for answer in taken}
    if taken:
        parameters = {"connector": link.connector_id, "at": at}
        submissions = _in_lock_order(work, by_carrier_id.values())
        sql.run(sql.RECORD_SUBMISSIONS, parameters | submissions)
        sql.run(sql.RECORD_TAKEN, {"at": at} | _in_lock_order(work, taken))


def _record_refused(work: Work, refused: Sequence[Answer], *, at: datetime) -> None:
    if refused:
        parameters = {"at": at, "rules": REFUND_ON_REJECT} | _in_lock_order(work, refused)
        refund(sql.run(sql.RECORD_REFUSED, parameters), at=at)


def _in_lock_order(work: Work, answers: Iterable[Answer]) -> dict[str, list[Any]]:
    rows = [
        (work.chunk_of(reference).account_id, reference, carrier_id, code[:MOST_CODE])
        for reference, carrier_id, code in answers
    ]
    rows.sort(key=lambda row: (row[0], row[1].int))
    return sql.columns(rows, ("accounts", "ids", "carrier_ids", "codes"))
