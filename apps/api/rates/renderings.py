"""What money buys as the interface shows it."""

from typing import Any

from apps.api.written import yuan
from apps.common.clock import iso
from apps.rates.pricing import Step, Tier
from apps.rates.queries.prices import Quote


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
