"""What the caller of an accepted send is told, and told again under its idempotency key."""

from typing import Any

from apps.common.clock import iso
from apps.messaging.accepting.drafts import Draft
from apps.messaging.choices import BatchStatus

LISTED_MESSAGES = 100  # The answer lists the messages of a send of up to so many recipients.


def status_of(draft: Draft) -> BatchStatus:
    """Return the state in which a batch begins."""
    scheduled = draft.send_at is not None and draft.send_at > draft.at
    return BatchStatus.SCHEDULED if scheduled else BatchStatus.QUEUED


def rejected_of(draft: Draft) -> list[dict[str, str]]:
    """Return the recipients that were left out, as answer and batch name them."""
    return [{"to": item.to, "code": item.code} for item in draft.rejected]


def answer_of(draft: Draft) -> dict[str, Any]:
    """Return the answer of the REST contract; `available` is known once the send is stored."""
    answer: dict[str, Any] = {
        "id": f"bat_{draft.batch:032x}",
        "status": status_of(draft).value.lower(),
        "kind": draft.kind,
        "signature": draft.signature,
        "reference": draft.reference,
        "accepted": draft.message_count,
        "rejected": rejected_of(draft),
        "segments": draft.segments,
        "available": None,
        "created_at": iso(draft.at),
        "send_at": iso(draft.send_at) if draft.send_at else None,
    }
    if draft.message_count <= LISTED_MESSAGES:
        answer["messages"] = _listed(draft)
    return answer


def _listed(draft: Draft) -> list[dict[str, Any]]:
    found = {
        number: {
            "id": f"msg_{messages.first + position:032x}",
            "to": number,
            "network": messages.operator.lower(),
            "segments": messages.segments,
            "status": "queued",
        }
        for messages in draft.ranges
        for position, number in enumerate(messages.numbers)
    }
    return [found[number] for number in draft.order]
