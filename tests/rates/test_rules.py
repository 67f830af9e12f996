"""Counting characters and money into segments (agreement clauses 8 and 9)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.money import MAX_AMOUNT_YUAN
from apps.rates.rules import MOBILE_SIZES, PHS_SIZES, count_characters, count_segments, segments_for


class TestCharacters:
    @pytest.mark.parametrize(
        ("text", "count"),
        [
            ("", 0),
            ("abc 123", 7),
            ("您好，abc", 6),
            ("【青禾软件】", 6),
            ("😀", 2),
            ("👨‍👩‍👧", 8),
            ("\u00a0", 1),
            ("a\r\nb", 4),
            ("𠮷野家", 4),
            ("\ud83d", 1),
        ],
    )
    def test_are_counted_as_the_handset_stores_them(self, text, count):
        assert count_characters(text) == count

    @given(st.text(), st.text())
    def test_of_two_texts_add_up(self, one, two):
        assert count_characters(one + two) == count_characters(one) + count_characters(two)


class TestSegments:
    @pytest.mark.parametrize(
        ("characters", "segments"),
        [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3), (160, 3), (201, 3), (202, 4), (500, 8)],
    )
    def test_on_mobile_networks(self, characters, segments):
        assert count_segments("字" * characters, MOBILE_SIZES) == segments

    @pytest.mark.parametrize(
        ("characters", "segments"), [(1, 1), (58, 1), (59, 2), (116, 2), (117, 3)]
    )
    def test_on_phs(self, characters, segments):
        assert count_segments("字" * characters, PHS_SIZES) == segments

    def test_count_letters_like_chinese_characters(self):
        assert count_segments("a" * 71, MOBILE_SIZES) == 2

    def test_count_the_signature_with_its_brackets(self):
        assert count_segments("【青禾软件】" + "字" * 64, MOBILE_SIZES) == 1
        assert count_segments("【青禾软件】" + "字" * 65, MOBILE_SIZES) == 2

    def test_count_an_emoji_as_two(self):
        assert count_segments("字" * 68 + "😀", MOBILE_SIZES) == 1
        assert count_segments("字" * 69 + "😀", MOBILE_SIZES) == 2

    @given(st.text(max_size=500), st.sampled_from([MOBILE_SIZES, PHS_SIZES]))
    def test_hold_the_whole_text_with_none_to_spare(self, text, sizes):
        segments, characters = count_segments(text, sizes), count_characters(text)

        assert segments >= 1
        if segments == 1:
            assert characters <= sizes.single
        else:
            assert (segments - 1) * sizes.part < characters <= segments * sizes.part

    @given(st.text(max_size=300), st.characters())
    def test_never_become_fewer_with_more_text(self, text, more):
        assert count_segments(text + more, MOBILE_SIZES) >= count_segments(text, MOBILE_SIZES)


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
