from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.money import MAX_AMOUNT_YUAN, capitals, segments_for


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


class TestCapitals:
    @pytest.mark.parametrize(
        ("amount", "words"),
        [
            ("10000.00", "壹万元整"),
            ("2600.00", "贰仟陆佰元整"),
            ("10.05", "壹拾元零伍分"),
            ("10.50", "壹拾元伍角"),
            ("0.05", "伍分"),
            ("10010.00", "壹万零壹拾元整"),
            ("100000000.00", "壹亿元整"),
            ("99999999.99", "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ],
    )
    def test_as_on_cheques(self, amount, words):
        assert capitals(Decimal(amount)) == words

    @given(yuan=st.integers(1, 99_999_999))
    def test_whole_yuan_say_so(self, yuan):
        assert capitals(Decimal(yuan)).endswith("元整")
