from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.rates.pricing import Tier, compare, for_amount, for_quantity, next_step, smallest

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


@given(falling_tiers, st.integers(1, 10_000_000))
def test_a_quantity_is_paid_in_whole_cents_and_less_than_one_is_left(tiers, segments):
    cost = for_quantity(tiers, segments)

    if cost is not None:
        assert cost.amount_yuan == round(cost.amount_yuan, 2)
        assert segments * cost.unit_price_yuan + cost.remainder_yuan == cost.amount_yuan
        assert 0 <= cost.remainder_yuan < Decimal("0.01")


@given(falling_tiers, amounts)
def test_what_an_amount_buys_costs_that_amount_less_the_remainder(tiers, amount):
    price = for_amount(tiers, amount)

    if price is not None:
        cost = for_quantity(tiers, price.segments)
        assert cost.tier == price.tier
        assert cost.amount_yuan - cost.remainder_yuan == amount - price.remainder_yuan


@given(falling_tiers, amounts)
def test_the_amount_of_the_next_step_reaches_its_tier(tiers, amount):
    price = for_amount(tiers, amount)
    step = price and next_step(tiers, price)

    if step:
        reached = for_amount(tiers, step.amount_yuan)
        assert reached.tier.from_segments >= step.tier.from_segments
        assert reached.segments >= price.segments + step.more_segments
        assert step.saved_yuan >= 0


class TestNextStep:
    def test_says_how_much_more_it_takes_and_what_it_saves(self):
        step = next_step(TIERS, for_amount(TIERS, Decimal(3_000)))

        assert (step.tier.id, step.more_segments) == (2, 50_000)
        assert (step.amount_yuan, step.more_yuan) == (Decimal(5_000), Decimal(2_000))
        assert step.saved_yuan == Decimal(1_000)  # 100 000 × (0.06 - 0.05)
        assert step.less_yuan is None

    def test_may_cost_less_in_all(self):
        step = next_step(TIERS, for_quantity(TIERS, 99_999))

        assert (step.more_segments, step.less_yuan) == (1, Decimal("999.94"))

    def test_ends_at_the_top(self):
        assert next_step(TIERS, for_quantity(TIERS, 1_000_000)) is None


@pytest.mark.parametrize(
    ("factor", "own_price", "expected"),
    [
        (None, None, "0.05"),
        ("1.25", None, "0.0625"),
        ("1.333", None, "0.0667"),  # 0.06665, half up
        (None, "0.08", "0.08"),
    ],
    ids=["the same", "a multiple", "rounded", "a price of its own"],
)
def test_phs_costs_the_same_a_multiple_or_its_own_price(factor, own_price, expected):
    tier = Tier(
        id=1,
        from_segments=1,
        unit_price_yuan=Decimal("0.05"),
        phs_factor=factor and Decimal(factor),
        phs_unit_price_yuan=own_price and Decimal(own_price),
    )

    assert tier.phs_price_yuan == Decimal(expected)
    assert tier.has_phs_price == (expected != "0.05")


def test_the_smallest_purchase_is_that_of_the_lowest_tier():
    assert smallest(TIERS).amount_yuan == Decimal(60)
    assert smallest([]) is None


def test_two_versions_are_compared_at_every_quantity_of_either():
    after = [
        Tier(id=4, from_segments=1_000, unit_price_yuan=Decimal("0.055")),
        Tier(id=5, from_segments=50_000, unit_price_yuan=Decimal("0.05")),
    ]

    shown = [(d.from_segments, d.change_yuan) for d in compare(TIERS[:2], after)]

    assert shown == [(1_000, Decimal("-0.005")), (50_000, Decimal("-0.01")), (100_000, Decimal(0))]


def test_what_was_not_sold_before_has_no_change():
    (first, _second) = compare([], TIERS[:2])

    assert (first.before_yuan, first.after_yuan, first.change_yuan) == (None, Decimal("0.06"), None)
