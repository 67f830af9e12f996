"""Wording, validity and warnings."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.pledges import rules, wording

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2090, 12, 31))


class TestWording:
    def test_the_first_one_is_in_order(self):
        assert rules.problem(wording.WORDING) is None

    def test_the_first_one_lists_the_nine_forbidden_kinds(self):
        items = [p for p in rules.paragraphs(wording.WORDING) if p.kind is rules.Kind.ITEM]

        assert len(items) == rules.FORBIDDEN_KINDS_COUNT

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            pytest.param(" \n\n", rules.WordingProblem.EMPTY, id="nothing"),
            pytest.param("字" * 20_001, rules.WordingProblem.TOO_LONG, id="too long"),
            pytest.param("本单位承诺。", rules.WordingProblem.NO_HEADING, id="no heading"),
            pytest.param("## 一\n{bank}", rules.WordingProblem.UNKNOWN_BLANK, id="unknown blank"),
            pytest.param("## 一\n- 谣言", rules.WordingProblem.KINDS_MISSING, id="kinds missing"),
        ],
    )
    def test_says_what_is_wrong(self, text, problem):
        assert rules.problem(text) is problem

    @given(st.text())
    def test_a_name_stands_in_the_text_as_it_is(self, name):
        assert rules.filled("{customer}承诺", {"customer": name}) == f"{name}承诺"


class TestDefaultValidity:
    @pytest.mark.parametrize(
        ("today", "running_until", "expected"),
        [
            (date(2026, 3, 2), None, (date(2026, 3, 2), date(2027, 3, 2))),
            (date(2026, 3, 2), date(2026, 3, 20), (date(2026, 3, 2), date(2027, 3, 20))),
            (date(2028, 2, 29), None, (date(2028, 2, 29), date(2029, 3, 1))),
        ],
        ids=["the first", "a renewal", "a leap day"],
    )
    def test_table(self, today, running_until, expected):
        assert rules.default_validity(today, running_until) == expected

    @given(DAYS, st.none() | DAYS)
    def test_who_renews_early_loses_no_day(self, today, running_until):
        start, end = rules.default_validity(today, running_until)

        assert start == today
        assert end - max(today, running_until or today) >= timedelta(days=365)
