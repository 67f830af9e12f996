from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.rates.pricing import Tier, for_amount, for_quantity

TIERS = [
    Tier(id=1, from_segments=1_000, unit_price_yuan=Decimal("0.06")),
    Tier(id=2, from_segments=100_000, unit_price_yuan=Decimal("0.05")),
    Tier(id=3, from_segments=1_000_000, unit_price_yuan=Decimal("0.0425")),
]


@pytest.mark.parametrize(
    ("amount", "tier", "segments", "remainder"),
    [
        ("10000", 2, 200_000, "0"),
        ("60", 1, 1_000, "0"),
        ("4999.99", 1, 83_333, "0.01"),  # 99 999 at 0.05: the second tier is not reached
        ("5000", 2, 100_000, "0"),
        ("42500", 3, 1_000_000, "0"),
        ("42499.99", 2, 849_999, "0.04"),
    ],
)
def test_an_amount_reaches_the_tier_that_it_buys_at_its_own_price(
    amount, tier, segments, remainder
):
    price = for_amount(TIERS, Decimal(amount))

    assert (price.tier.id, price.segments) == (tier, segments)
    assert price.remainder_yuan == Decimal(remainder)


def test_below_the_lowest_tier_nothing_is_bought():
    assert for_amount(TIERS, Decimal("59.99")) is None
    assert for_quantity(TIERS, 999) is None


def test_a_tier_from_zero_still_needs_a_whole_segment():
    free = [Tier(id=1, from_segments=0, unit_price_yuan=Decimal("0.06"))]

    assert for_amount(free, Decimal("0.05")) is None
    assert for_amount(free, Decimal("0.06")).segments == 1
    assert for_quantity(free, 0) is None


@pytest.mark.parametrize(
    ("segments", "amount"), [(1_000, "60"), (99_999, "5999.94"), (100_000, "5000")]
)
def test_a_quantity_costs_its_tiers_price(segments, amount):
    assert for_quantity(TIERS, segments).amount_yuan == Decimal(amount)


falling_tiers = st.lists(
    st.tuples(st.integers(1, 2_000_000), st.decimals("0.0001", "1", places=4)),
    min_size=1,
    max_size=6,
    unique_by=lambda pair: pair[0],
).map(
    lambda pairs: [
        Tier(id=place, from_segments=from_segments, unit_price_yuan=price)
        for place, (from_segments, price) in enumerate(
            zip(
                sorted(quantity for quantity, _price in pairs),
                sorted((price for _quantity, price in pairs), reverse=True),
                strict=True,
            )
        )
    ]
)
amounts = st.decimals("0.01", "99999999.99", places=2)


@given(falling_tiers, amounts)
def test_no_cent_is_lost(tiers, amount):
    price = for_amount(tiers, amount)

    if price is not None:
        assert price.segments * price.unit_price_yuan + price.remainder_yuan == amount
        assert 0 <= price.remainder_yuan < price.unit_price_yuan
        assert price.segments >= price.tier.from_segments


@given(falling_tiers, amounts, amounts)
def test_more_money_never_buys_less(tiers, one, other):
    less, more = (for_amount(tiers, amount) for amount in sorted((one, other)))

    assert less is None or more.segments >= less.segments


@given(falling_tiers, st.integers(1, 10_000_000))
def test_the_price_of_a_quantity_buys_at_least_that_quantity(tiers, segments):
    cost = for_quantity(tiers, segments)

    if cost is not None:
        assert for_amount(tiers, cost.amount_yuan).segments >= segments
