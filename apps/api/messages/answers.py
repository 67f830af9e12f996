"""Messages and batches as they are answered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field
from pydantic.config import JsonDict

from apps.api import published
from apps.api.answers import Answer, From, Retold, list_of, one_of
from apps.api.rejections import Rejected
from apps.carriers.choices import Operator
from apps.common import ids
from apps.common.clock import iso
from apps.messaging import models
from apps.messaging.choices import BatchStatus, Kind, MessageStatus
from apps.messaging.rules import End, refunded_segments

NETWORKS = list(published.names(Operator))
KINDS = list(published.names(Kind))
SEND_STATUSES = ["queued", "scheduled", "held"]
BATCH_STATUSES = [*SEND_STATUSES, "cancelled", "finished"]
STATUSES = list(published.names(MessageStatus))
_OPEN = {MessageStatus.HELD, MessageStatus.QUEUED, MessageStatus.SUBMITTED}
_DATE_TIME: JsonDict = {"format": "date-time"}
of_message = From(models.Message)
of_batch = From(models.Batch)


class SentMessage(Retold):
    """A message as the answer to a send lists it."""

    id: str
    to: str
    network: Annotated[str, one_of(NETWORKS)]
    segments: int
    status: Annotated[str, one_of(STATUSES)]


class SendAnswer(Retold):
    """What was accepted, what it cost and what is left."""

    id: str
    status: Annotated[str, one_of(SEND_STATUSES)]
    kind: Annotated[str, one_of(KINDS)]
    signature: str
    reference: str | None
    accepted: int
    rejected: list[Rejected]
    segments: int
    available: int
    created_at: str = Field(json_schema_extra=_DATE_TIME)
    send_at: str | None = Field(json_schema_extra=_DATE_TIME)
    messages: list[SentMessage] = Field(default_factory=list)


class Batch(Answer):
    """A batch and how many of its messages stand where."""

    id: str = of_batch(lambda row: ids.public("bat", row.id))
    status: Annotated[str, one_of(BATCH_STATUSES)]
    kind: Annotated[str, one_of(KINDS)]
    signature: str
    text: str
    reference: str | None
    test: bool = of_batch(lambda row: row.is_test)
    accepted: int = of_batch(lambda row: row.accepted_count)
    rejected: list[Rejected]
    segments: int
    counts: dict[str, int]
    created_at: datetime
    send_at: datetime | None
    expires_at: datetime


class Message(Answer):
    """A message."""

    id: str = of_message(lambda row: ids.public("msg", row.id))
    batch: str = of_message(lambda row: ids.public("bat", row.batch_id))
    to: str = of_message(lambda row: row.number)
    network: Annotated[str, one_of(NETWORKS)] = of_message(lambda row: row.operator)
    kind: Annotated[str, one_of(KINDS)] = of_message(lambda row: row.batch.kind)
    signature: str = of_message(lambda row: row.batch.signature)
    text: str = of_message(lambda row: row.text or row.batch.text)
    reference: str | None = of_message(lambda row: row.batch.reference)
    test: bool = of_message(lambda row: row.batch.is_test)
    segments: int
    status: Annotated[str, one_of(STATUSES)]
    carrier_code: str | None = of_message(lambda row: row.carrier_code or None)
    created_at: datetime = of_message(lambda row: ids.made_at(row.id))
    submitted_at: datetime | None
    finished_at: datetime | None


class Event(Retold):
    """A point on a message's timeline."""

    status: str
    at: str = Field(json_schema_extra=_DATE_TIME)
    code: str | None


class Charge(Retold):
    """What a message cost."""

    segments: int
    refunded: int


class MessageDetail(Message):
    """A message with its timeline and charge."""

    timeline: list[Event]
    charge: Charge


MessageList = list_of(Message, "MessageList", "A page of messages.")


def message_detail(row: models.Message, receipts: Sequence[models.Receipt]) -> dict[str, Any]:
    """Return a message with its timeline and what it cost."""
    charged = 0 if row.batch.is_test else row.segments
    end = End(status=row.status, was_taken=row.submitted_at is not None, code=row.carrier_code)
    refunded = refunded_segments(end, row.batch.refund_rule, charged)
    charge = {"segments": charged, "refunded": refunded}
    return MessageDetail.show(row, timeline=_timeline(row, receipts), charge=charge)


def batch(row: models.Batch, counts: dict[str, int], now: datetime) -> dict[str, Any]:
    """Return a batch with the number of its messages by status."""
    by_status = {status.lower(): count for status, count in sorted(counts.items())}
    return Batch.show(row, status=_batch_status(row, counts, now), counts=by_status)


def _timeline(row: models.Message, receipts: Sequence[models.Receipt]) -> list[dict[str, Any]]:
    events = [("accepted", ids.made_at(row.id), "")]
    if row.submitted_at:
        events.append(("submitted", row.submitted_at, ""))
    events.extend((receipt.status.lower(), receipt.done_at, receipt.code) for receipt in receipts)
    if row.finished_at and not receipts:
        events.append((row.status.lower(), row.finished_at, row.carrier_code))
    return [{"status": status, "at": iso(at), "code": code or None} for status, at, code in events]


def _batch_status(row: models.Batch, counts: dict[str, int], now: datetime) -> str:
    if row.status in {BatchStatus.HELD, BatchStatus.CANCELLED}:
        return row.status
    if not _OPEN & counts.keys():
        return "finished"
    is_ahead = row.send_at is not None and row.send_at > now
    return "scheduled" if is_ahead else "queued"
