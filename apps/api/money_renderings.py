"""Prices, accounts and transfers as the interface answers them. Yuan are written as text."""

from decimal import Decimal
from typing import Any

from apps.common import ids
from apps.common.clock import iso
from apps.ledger.models import Balance, BalanceAlert, Transfer
from apps.partners.models import Account
from apps.rates.pricing import Step, Tier
from apps.rates.queries import Quote


def quote(found: Quote) -> dict[str, Any]:
    """Return what money buys, why, and what the next tier would bring."""
    price, version = found.price, found.version
    return {
        "segments": price.segments,
        "amount": yuan(price.amount_yuan),
        "unit_price": yuan(price.unit_price_yuan),
        "remainder": yuan(price.remainder_yuan),
        "tier": _tier(price.tier),
        "next_tier": _step(found.step) if found.step else None,
        "rates": {
            "table": version.table.name,
            "own": found.is_own,
            "starts_at": iso(version.starts_at),
            "ends_at": iso(version.ends_at) if version.ends_at else None,
        },
    }


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


def _tier(tier: Tier) -> dict[str, Any]:
    return {
        "from_segments": tier.from_segments,
        "unit_price": yuan(tier.unit_price_yuan),
        "phs_unit_price": yuan(tier.phs_price_yuan),
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        **_tier(step.tier),
        "amount": yuan(step.amount_yuan),
        "more_segments": step.more_segments,
        "more_amount": yuan(step.more_yuan),
        "saved": yuan(step.saved_yuan),
    }


def yuan(amount: Decimal) -> str:
    """Write an amount with at least two places: 10000.00, 0.0425."""
    plain = amount.normalize()
    return f"{plain:.{max(2, -int(plain.as_tuple().exponent))}f}"
