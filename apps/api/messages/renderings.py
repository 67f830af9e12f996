"""Rows as the interface shows them: published names, ids and times."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from apps.api.problems import rejection
from apps.api.written import moment
from apps.common import ids
from apps.common.clock import iso
from apps.messaging.choices import BatchStatus, MessageStatus
from apps.messaging.models import Batch, Message, Receipt
from apps.messaging.rules import End, refunded_segments

_ANSWER_ORDER = (
    "id", "status", "kind", "signature", "reference", "accepted", "rejected", "segments",
    "available", "created_at", "send_at", "messages",
)  # fmt: skip
_OPEN = {MessageStatus.HELD, MessageStatus.QUEUED, MessageStatus.SUBMITTED}


def send_answer(answer: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to a send, new or replayed, its fields always in the same order."""
    shown = {name: answer[name] for name in _ANSWER_ORDER if name in answer}
    shown["rejected"] = [rejection(item) for item in answer["rejected"]]
    if "messages" in answer:
        shown["messages"] = [
            {name: item[name] for name in ("id", "to", "network", "segments", "status")}
            for item in answer["messages"]
        ]
    return shown


def message(row: Message) -> dict[str, Any]:
    """Return a message; `row.batch` is loaded."""
    return {
        "id": ids.public("msg", row.id),
        "batch": ids.public("bat", row.batch_id),
        "to": row.number,
        "network": row.operator.lower(),
        "kind": row.batch.kind,
        "signature": row.batch.signature,
        "text": row.text or row.batch.text,
        "reference": row.batch.reference,
        "test": row.batch.is_test,
        "segments": row.segments,
        "status": row.status.lower(),
        "carrier_code": row.carrier_code or None,
        "created_at": iso(ids.made_at(row.id)),
        "submitted_at": moment(row.submitted_at),
        "finished_at": moment(row.finished_at),
    }


def message_detail(row: Message, receipts: Sequence[Receipt]) -> dict[str, Any]:
    """Return a message with its timeline and what it cost."""
    charged = 0 if row.batch.is_test else row.segments
    end = End(status=row.status, was_taken=row.submitted_at is not None, code=row.carrier_code)
    refunded = refunded_segments(end, row.batch.refund_rule, charged)
    return message(row) | {
        "timeline": _timeline(row, receipts),
        "charge": {"segments": charged, "refunded": refunded},
    }


def _timeline(row: Message, receipts: Sequence[Receipt]) -> list[dict[str, Any]]:
    events = [("accepted", ids.made_at(row.id), "")]
    if row.submitted_at:
        events.append(("submitted", row.submitted_at, ""))
    events.extend((receipt.status.lower(), receipt.done_at, receipt.code) for receipt in receipts)
    if row.finished_at and not receipts:
        events.append((row.status.lower(), row.finished_at, row.carrier_code))
    return [{"status": status, "at": iso(at), "code": code or None} for status, at, code in events]


def batch(row: Batch, counts: dict[str, int], now: datetime) -> dict[str, Any]:
    """Return a batch with the number of its messages by status."""
    return {
        "id": ids.public("bat", row.id),
        "status": _batch_status(row, counts, now),
        "kind": row.kind,
        "signature": row.signature,
        "text": row.text,
        "reference": row.reference,
        "test": row.is_test,
        "accepted": row.accepted_count,
        "rejected": [rejection(item) for item in row.rejected],
        "segments": row.segments,
        "counts": {status.lower(): count for status, count in sorted(counts.items())},
        "created_at": iso(row.created_at),
        "send_at": moment(row.send_at),
        "expires_at": iso(row.expires_at),
    }


def _batch_status(row: Batch, counts: dict[str, int], now: datetime) -> str:
    if row.status in {BatchStatus.HELD, BatchStatus.CANCELLED}:
        return row.status.lower()
    if not _OPEN & counts.keys():
        return "finished"
    is_ahead = row.send_at is not None and row.send_at > now
    return "scheduled" if is_ahead else "queued"
