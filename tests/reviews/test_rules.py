"""What a refusal has to say, and when an end is announced."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.reviews.kinds import KINDS
from apps.reviews.rules import OTHER, due_warning, says_why


@pytest.mark.parametrize(
    ("codes", "remark", "says"),
    [
        ([], "", False),
        ([], "缺公章", False),
        (["ILLEGIBLE"], "", True),
        ([OTHER], " ", False),
        (["ILLEGIBLE", OTHER], " ", False),
        (["ILLEGIBLE", OTHER], "第二页模糊", True),
    ],
)
def test_a_refusal_says_why_by_codes_and_in_words_where_other_is_among_them(codes, remark, says):
    assert says_why(codes, remark) == says


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_offers_another_reason_and_every_reason_has_a_remedy(name):
    offered = KINDS[name].reasons.offered

    assert OTHER in {reason.code for reason in offered}
    assert all(reason.label and reason.remedy for reason in offered)


class TestWarnings:
    @pytest.mark.parametrize(
        ("days_left", "already", "expected"),
        [
            (31, (), None),
            (30, (), 30),
            (29, (30,), None),
            (12, (), 30),
            (7, (30,), 7),
            (6, (), 7),
            (1, (30, 7), 1),
            (1, (30, 7, 1), None),
            (0, (), None),
            (-3, (), None),
        ],
    )
    def test_is_the_closest_that_was_not_made(self, days_left, already, expected):
        assert due_warning(days_left, already) == expected

    @given(st.sets(st.integers(1, 60)))
    def test_each_is_due_once_on_whatever_days_one_looks(self, looked_on):
        made = []
        for days_left in sorted(looked_on, reverse=True):
            threshold = due_warning(days_left, made)
            made += [threshold] if threshold else []

        assert made == sorted(set(made), reverse=True)
        assert bool(made) == any(each <= 30 for each in looked_on)
