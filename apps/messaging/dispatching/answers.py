"""Recording what a carrier answered: in one transaction for hundreds of messages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import DataError, IntegrityError, transaction

from apps.carriers.connectors.base import Answer
from apps.common.database import columns, execute
from apps.messaging.choices import MessageStatus
from apps.messaging.dispatching import leases, sql
from apps.messaging.dispatching.claims import Claim, ClaimedChunk, OpenConnector, id_ranges
from apps.messaging.models import Message
from apps.messaging.receipts import REFUNDING, refund

logger = structlog.get_logger(__name__)

MOST_CODE = Message._meta.get_field("carrier_code").max_length or 0


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages a round submitted, how many were refused, how many stay open."""

    taken: int = 0
    refused: int = 0
    open: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.taken + other.taken, self.refused + other.refused, self.open + other.open)


def record(
    opened: OpenConnector, claim: Claim, answers: Sequence[Answer], *, at: datetime
) -> Tally:
    """Record answers and take the chunks that are done off the queue.

    The chunks of unanswered messages stay under lease. Where the database refuses the whole,
    chunks are recorded one by one, so that a bad one holds up nobody else.
    """
    try:
        return _record(opened, claim, answers, at=at)
    except (DataError, IntegrityError):
        if len(claim.chunks) == 1:
            logger.exception("answers_not_recorded", chunk=claim.chunks[0].id.hex)
            return Tally(open=len(claim.messages))
    tally = Tally()
    for piece in claim.split():
        own = [answer for answer in answers if answer.reference in piece.place_of]
        tally += record(opened, piece, own, at=at)
    return tally


@transaction.atomic
def refuse_all(
    opened: OpenConnector, chunks: Sequence[ClaimedChunk], *, code: str, at: datetime
) -> None:
    """Reject the messages of chunks that no connector takes, and give all credit back."""
    if chunks:
        finish(chunks, status=MessageStatus.REJECTED, code=code, at=at)
        leases.delete(opened, chunks)


def finish(
    chunks: Sequence[ClaimedChunk], *, status: MessageStatus, code: str, at: datetime
) -> None:
    """Move the queued messages of chunks, which nobody sent, to `status`; refund them.

    Runs in the caller's transaction.
    """
    parameters = id_ranges(chunks) | REFUNDING | {"status": status, "code": code, "at": at}
    refund(execute(sql.FINISH_RANGES, parameters), at=at)


@transaction.atomic
def _record(
    opened: OpenConnector, claim: Claim, answers: Sequence[Answer], *, at: datetime
) -> Tally:
    taken = [answer for answer in answers if answer.is_taken]
    refused = [answer for answer in answers if not answer.is_taken]
    _record_taken(opened, claim, taken, at=at)
    _record_refused(claim, refused, at=at)
    still_open = set(claim.open_chunks(answers))
    leases.delete(opened, [chunk for chunk in claim.chunks if chunk not in still_open])
    return Tally(len(taken), len(refused), len(claim.messages) - len(answers))


def _record_taken(
    opened: OpenConnector, claim: Claim, taken: Sequence[Answer], *, at: datetime
) -> None:
    # A carrier that gives one id twice is wrong; the database takes each only once a statement.
    by_carrier_id = {answer.carrier_id: answer for answer in taken}
    if taken:
        parameters = {"connector": opened.connector_id, "at": at}
        submissions = _in_lock_order(claim, by_carrier_id.values())
        execute(sql.RECORD_SUBMISSIONS, parameters | submissions)
        execute(sql.RECORD_TAKEN, {"at": at} | _in_lock_order(claim, taken))


def _record_refused(claim: Claim, refused: Sequence[Answer], *, at: datetime) -> None:
    if refused:
        parameters = {"at": at} | REFUNDING | _in_lock_order(claim, refused)
        refund(execute(sql.RECORD_REFUSED, parameters), at=at)


def _in_lock_order(claim: Claim, answers: Iterable[Answer]) -> dict[str, list[Any]]:
    rows = [
        (claim.chunk_of(reference).account_id, reference, carrier_id, code[:MOST_CODE])
        for reference, carrier_id, code in answers
    ]
    rows.sort(key=lambda row: (row[0], row[1].int))
    return columns(rows, ("accounts", "ids", "carrier_ids", "codes"))
