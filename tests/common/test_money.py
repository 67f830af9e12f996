from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.money import MAX_AMOUNT_YUAN, segments_for


@pytest.mark.parametrize(
    ("amount", "price", "segments", "left"),
    [
        ("10000", "0.05", 200_000, "0.00"),
        ("100.00", "0.06", 1666, "0.04"),
        ("0.05", "0.06", 0, "0.05"),
        ("99999999.99", "0.0001", 999_999_999_900, "0.00"),
        ("1", "0.0333", 30, "0.0010"),
    ],
)
def test_money_buys_whole_segments(amount, price, segments, left):
    assert segments_for(Decimal(amount), Decimal(price)) == (segments, Decimal(left))


@given(st.decimals("0.01", MAX_AMOUNT_YUAN, places=2), st.decimals("0.0001", "9.9999", places=4))
def test_not_a_cent_is_lost_and_what_is_left_buys_nothing(amount, price):
    segments, left = segments_for(amount, price)

    assert segments * price + left == amount
    assert 0 <= left < price
