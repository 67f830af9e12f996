from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.money import capitals


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
