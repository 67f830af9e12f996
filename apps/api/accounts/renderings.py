"""Prices, accounts and transfers as the interface answers them. Yuan are written as text."""

from typing import Any

from apps.common import ids
from apps.common.clock import iso
from apps.ledger.models import Balance, BalanceAlert, Transfer
from apps.partners.models import Account


def account(row: Account, days_left: int | None) -> dict[str, Any]:
    """Return an account with its credit, and how long that lasts."""
    balance = getattr(row, "balance", None) or Balance(account=row)
    alert: BalanceAlert | None = getattr(row, "balance_alert", None)
    return {
        "code": row.code,
        "customer": row.customer.name if row.customer else None,
        "status": row.status.lower(),
        "available": balance.available,
        "held": balance.held,
        "spent": balance.spent,
        "issued": balance.issued,
        "alert_below": alert.alert_below if alert else None,
        "days_left": days_left,
    }


def transfer(row: Transfer, available: int) -> dict[str, Any]:
    """Return a transfer, with what its source has left."""
    return {
        "id": ids.public("trf", row.id),
        "from": row.source.code,
        "to": row.target.code,
        "segments": row.segments,
        "note": row.note,
        "available": available,
        "created_at": iso(row.created_at),
    }
