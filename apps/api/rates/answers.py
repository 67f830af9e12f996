"""What money buys, as it is answered. Yuan are texts, so that no reader makes floats of them."""

from datetime import datetime

from apps.api.answers import Answer, From, Yuan
from apps.rates import pricing
from apps.rates.queries import prices

_ON_MOBILE = "Yuan per segment, on mobile networks."
_ON_PHS = "Yuan per segment on PHS."
of_tier = From(pricing.Tier)
of_step = From(pricing.Step)
of = From(prices.Quote)


class Tier(Answer):
    """From so many segments bought at once, each costs this."""

    from_segments: int
    unit_price: Yuan = of_tier(lambda tier: tier.unit_price_yuan, description=_ON_MOBILE)
    phs_unit_price: Yuan = of_tier(lambda tier: tier.phs_price_yuan, description=_ON_PHS)


class NextTier(Answer):
    """What it takes to reach the tier above, and what that brings."""

    from_segments: int = of_step(lambda step: step.tier.from_segments)
    unit_price: Yuan = of_step(lambda step: step.tier.unit_price_yuan, description=_ON_MOBILE)
    phs_unit_price: Yuan = of_step(lambda step: step.tier.phs_price_yuan, description=_ON_PHS)
    amount: Yuan = of_step(
        lambda step: step.amount_yuan, description="Yuan that its quantity costs."
    )
    more_segments: int
    more_amount: Yuan = of_step(
        lambda step: step.more_yuan, description="Below zero where it costs less in all."
    )
    saved: Yuan = of_step(
        lambda step: step.saved_yuan, description="Yuan less than at the price reached now."
    )


class Rates(Answer):
    """The prices that a quote is made from."""

    table: str = of(lambda found: found.version.table.name)
    own: bool = of(
        lambda found: found.is_own, description="Whether the partner has prices of its own."
    )
    starts_at: datetime = of(lambda found: found.version.starts_at)
    ends_at: datetime | None = of(lambda found: found.version.ends_at)


class Quote(Answer):
    """What money buys: amount = segments × unit_price + remainder, to the hundredth of a cent."""

    segments: int = of(lambda found: found.price.segments)
    amount: Yuan = of(
        lambda found: found.price.amount_yuan, description="Yuan to pay, in whole cents."
    )
    unit_price: Yuan = of(
        lambda found: found.price.unit_price_yuan, description="Yuan per segment."
    )
    remainder: Yuan = of(
        lambda found: found.price.remainder_yuan,
        description="Yuan that do not make a whole segment.",
    )
    tier: Tier = of.part(lambda found: found.price.tier)
    next_tier: NextTier | None = of.part(lambda found: found.step)
    rates: Rates = of.part(lambda found: found)
