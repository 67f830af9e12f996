"""Credit and its movements as the interface shows them."""

from typing import Any

from apps.common import ids
from apps.common.clock import iso
from apps.ledger.choices import About
from apps.ledger.models import Balance, LedgerEntry


def balance(code: str, row: Balance, alert_below: int | None) -> dict[str, Any]:
    """Return an account's credit."""
    return {
        "account": code,
        "available": row.available,
        "held": row.held,
        "spent": row.spent,
        "issued": row.issued,
        "alert_below": alert_below,
    }


def ledger_entry(row: LedgerEntry) -> dict[str, Any]:
    """Return a movement of credit."""
    about_id = f"bat_{row.about_id}" if row.about == About.BATCH else row.about_id
    return {
        "id": ids.public("led", row.id),
        "sequence": row.sequence,
        "kind": row.kind.lower(),
        "from_bucket": row.from_bucket.lower(),
        "to_bucket": row.to_bucket.lower(),
        "segments": row.segments,
        "available_after": row.available_after,
        "about": {"type": row.about.lower(), "id": about_id},
        "note": row.note,
        "created_at": iso(row.created_at),
    }
