"""Prices by quantity bought: pure functions over the tiers of one rate version.

A purchase reaches the highest tier whose quantity it buys *at that tier's own price*. So 4 990 yuan
at "from 1: 0.06, from 100 000: 0.05" is 99 800 segments at 0.05 and stays in the first tier, while
5 000 yuan is 100 000 and reaches the second. What does not make a whole segment is the remainder;
`amount = segments × price + remainder` holds to the hundredth of a cent. It is less than the price
of one segment where an amount was given, and less than a cent where a quantity was, because money
is paid in whole cents.

Credit is bought at the price of mobile networks. A segment on PHS may cost more or less of it; the
tier says how much.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal

from apps.common.money import CENT
from apps.rates.rules import segments_for

UNIT = Decimal("0.0001")


@dataclass(frozen=True, kw_only=True, slots=True)
class Tier:
    """From so many segments bought at once, each costs this; PHS a multiple or a price of its own."""

    id: int
    from_segments: int
    unit_price_yuan: Decimal
    phs_factor: Decimal | None = None
    phs_unit_price_yuan: Decimal | None = None

    @property
    def phs_price_yuan(self) -> Decimal:
        """Yuan for a segment on PHS, rounded half up to a hundredth of a cent."""
        if self.phs_unit_price_yuan is not None:
            return self.phs_unit_price_yuan
        price = self.unit_price_yuan * (self.phs_factor or 1)
        return price.quantize(UNIT, ROUND_HALF_UP)

    @property
    def has_phs_price(self) -> bool:
        """Whether PHS costs otherwise than mobile networks."""
        return self.phs_price_yuan != self.unit_price_yuan


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What it takes to reach the next tier, and what that brings.

    Attributes:
        amount_yuan: what exactly its quantity costs, in whole cents.
        more_segments: how many more these are.
        more_yuan: how much more that is; negative where the larger purchase is the cheaper one.
        saved_yuan: how much less than the same quantity at the price reached now.
    """

    tier: Tier
    amount_yuan: Decimal
    more_segments: int
    more_yuan: Decimal
    saved_yuan: Decimal

    @property
    def less_yuan(self) -> Decimal | None:
        """How much less is paid in all, where the larger purchase is the cheaper one."""
        return -self.more_yuan if self.more_yuan < 0 else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """What segments cost from a quantity on: before and after, None where nothing is sold."""

    from_segments: int
    before: Tier | None
    after: Tier | None

    @property
    def before_yuan(self) -> Decimal | None:
        """What a segment cost."""
        return self.before.unit_price_yuan if self.before else None

    @property
    def after_yuan(self) -> Decimal | None:
        """What a segment costs."""
        return self.after.unit_price_yuan if self.after else None

    @property
    def change_yuan(self) -> Decimal | None:
        """How much dearer a segment becomes; below zero when cheaper."""
        if self.before is None or self.after is None:
            return None
        return self.after.unit_price_yuan - self.before.unit_price_yuan

    @property
    def phs_yuan(self) -> Decimal | None:
        """What a segment costs on PHS, where that is otherwise."""
        return self.after.phs_price_yuan if self.after and self.after.has_phs_price else None


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
    """Return what `segments` cost, rounded up to the cent; None below the lowest tier.

    What the rounding adds is the remainder: 3 segments at 0.0425 cost 0.13 and leave 0.0025.
    """
    for tier in _highest_first(tiers):
        if segments >= max(tier.from_segments, 1):
            amount_yuan = cost_of(segments, tier)
            return Price(
                tier=tier,
                amount_yuan=amount_yuan,
                segments=segments,
                remainder_yuan=amount_yuan - segments * tier.unit_price_yuan,
            )
    return None


def cost_of(segments: int, tier: Tier) -> Decimal:
    """Return what so many segments cost at a tier, in whole cents, rounded up."""
    return (segments * tier.unit_price_yuan).quantize(CENT, ROUND_UP)


def smallest(tiers: Iterable[Tier]) -> Price | None:
    """Return the smallest purchase that there is; None without tiers."""
    lowest = min(tiers, key=lambda tier: tier.from_segments, default=None)
    return for_quantity([lowest], max(lowest.from_segments, 1)) if lowest else None


def next_step(tiers: Iterable[Tier], price: Price) -> Step | None:
    """Return the tier above the one that was reached; None at the top."""
    above = [tier for tier in tiers if tier.from_segments > price.tier.from_segments]
    tier = min(above, key=lambda tier: tier.from_segments, default=None)
    if tier is None:
        return None
    amount_yuan = cost_of(tier.from_segments, tier)
    return Step(
        tier=tier,
        amount_yuan=amount_yuan,
        more_segments=tier.from_segments - price.segments,
        more_yuan=amount_yuan - price.amount_yuan,
        saved_yuan=tier.from_segments * (price.unit_price_yuan - tier.unit_price_yuan),
    )


def compare(before: Sequence[Tier], after: Sequence[Tier]) -> list[Difference]:
    """Set two versions side by side, at every quantity from which either changes its price."""
    quantities = sorted({tier.from_segments for tier in (*before, *after)})
    return [
        Difference(
            from_segments=quantity,
            before=_reached(before, quantity),
            after=_reached(after, quantity),
        )
        for quantity in quantities
    ]


def _reached(tiers: Sequence[Tier], segments: int) -> Tier | None:
    return next((tier for tier in _highest_first(tiers) if tier.from_segments <= segments), None)


def _highest_first(tiers: Iterable[Tier]) -> list[Tier]:
    return sorted(tiers, key=lambda tier: tier.from_segments, reverse=True)
