"""Prices by quantity bought: pure functions over the tiers of one rate version.

A purchase reaches the highest tier whose quantity it buys *at that tier's own price*. So 4 990 yuan
at "from 1: 0.06, from 100 000: 0.05" is 99 800 segments at 0.05 and stays in the first tier, while
5 000 yuan is 100 000 and reaches the second. What does not make a whole segment is the remainder;
`amount = segments × price + remainder` holds to the hundredth of a cent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from apps.common.money import segments_for


@dataclass(frozen=True, kw_only=True, slots=True)
class Tier:
    """From so many segments bought at once, each costs this."""

    id: int
    from_segments: int
    unit_price_yuan: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Price:
    """What an amount of money buys, and why."""

    tier: Tier
    amount_yuan: Decimal
    segments: int
    remainder_yuan: Decimal

    @property
    def unit_price_yuan(self) -> Decimal:
        """Yuan for each of the segments."""
        return self.tier.unit_price_yuan


def for_amount(tiers: Iterable[Tier], amount_yuan: Decimal) -> Price | None:
    """Return what `amount_yuan` buys; None when it reaches no tier or no whole segment."""
    for tier in _highest_first(tiers):
        segments, remainder_yuan = segments_for(amount_yuan, tier.unit_price_yuan)
        if segments >= max(tier.from_segments, 1):
            return Price(
                tier=tier,
                amount_yuan=amount_yuan,
                segments=segments,
                remainder_yuan=remainder_yuan,
            )
    return None


def for_quantity(tiers: Iterable[Tier], segments: int) -> Price | None:
    """Return what `segments` cost; None below the lowest tier."""
    for tier in _highest_first(tiers):
        if segments >= max(tier.from_segments, 1):
            return Price(
                tier=tier,
                amount_yuan=segments * tier.unit_price_yuan,
                segments=segments,
                remainder_yuan=Decimal(0),
            )
    return None


def _highest_first(tiers: Iterable[Tier]) -> list[Tier]:
    return sorted(tiers, key=lambda tier: tier.from_segments, reverse=True)
