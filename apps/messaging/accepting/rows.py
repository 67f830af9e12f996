"""The rows of a send, as the accepting statement (`sql.ACCEPT`) takes them."""

from typing import Any

from apps.messaging.accepting import answers
from apps.messaging.accepting.drafts import Draft
from apps.messaging.choices import PRIORITY, Kind

CHUNK_MESSAGES = 500  # What a worker hands to a carrier at once, and how much a crash leaves open.


def batch_row(draft: Draft) -> dict[str, Any]:
    """Return the row of the batch."""
    return {
        "id": f"{draft.batch:032x}",
        "account_id": draft.account_id,
        "status": answers.status_of(draft).value,
        "kind": draft.kind,
        "signature": draft.signature,
        "text": draft.text,
        "extension": draft.extension,
        "reference": draft.reference,
        "send_at": draft.send_at,
        "expires_at": draft.expires_at,
        "is_test": draft.is_test,
        "refund_rule": draft.refund_rule,
        "accepted_count": draft.message_count,
        "segments": draft.segments,
        "rejected": answers.rejected_of(draft),
        "first_message_id": f"{draft.ranges[0].first:032x}",
        "created_at": draft.at,
    }


def message_rows(draft: Draft) -> list[dict[str, Any]]:
    """Return the rows of the messages."""
    return [
        {
            "id": f"{messages.first + position:032x}",
            "account_id": draft.account_id,
            "batch_id": f"{draft.batch:032x}",
            "number": number,
            "operator": messages.operator,
            "segments": messages.segments,
        }
        for messages in draft.ranges
        for position, number in enumerate(messages.numbers)
    ]


def chunk_rows(draft: Draft) -> list[dict[str, Any]]:
    """Return the rows of the chunks: at most `CHUNK_MESSAGES` messages each."""
    return [
        {
            "id": f"{messages.first + start:032x}",
            "account_id": draft.account_id,
            "batch_id": f"{draft.batch:032x}",
            "operator": messages.operator,
            "message_count": min(CHUNK_MESSAGES, len(messages.numbers) - start),
            "is_test": draft.is_test,
            "priority": PRIORITY[Kind(draft.kind)],
            "due_at": draft.send_at or draft.at,
            "expires_at": draft.expires_at,
        }
        for messages in draft.ranges
        for start in range(0, len(messages.numbers), CHUNK_MESSAGES)
    ]


def entry_row(draft: Draft, *, charged: int, place: int) -> dict[str, Any]:
    """Return the row of the ledger entry.

    Args:
        draft: the send that is paid for.
        charged: segments that its account's sends in the statement come to with this one.
        place: which of its account's entries in the statement this is, from 1.
    """
    return {
        "id": f"{draft.batch + 1:032x}",
        "account_id": draft.account_id,
        "place": place,
        "segments": draft.charge,
        "charged": charged,
        "about_id": f"{draft.batch:032x}",
        "actor": draft.actor,
        "created_at": draft.at,
    }


def answer_row(draft: Draft, *, charged: int) -> dict[str, Any]:
    """Return the row of the answer under the idempotency key; `charged` as for the entry."""
    return {
        "account_id": draft.account_id,
        "scope": draft.answer_scope,
        "key": draft.key,
        "fingerprint": draft.fingerprint.hex(),
        "answer": answers.answer_of(draft),
        "charged": charged,
        "created_at": draft.at,
    }
