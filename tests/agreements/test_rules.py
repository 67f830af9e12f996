from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.agreements import rules, wording
from apps.agreements.choices import Blank, ClauseKind

END = date(2027, 1, 1)


class TestFilled:
    def test_cuts_at_the_blanks(self):
        assert rules.filled("每条{price}元。", {"price": "0.05"}) == [
            {"text": "每条"},
            {"blank": "0.05"},
            {"text": "元。"},
        ]

    def test_does_not_fill_what_a_value_says(self):
        assert rules.filled("{a}", {"a": "{b}"}) == [{"blank": "{b}"}]

    @given(st.text("甲{}a_", max_size=20))
    def test_loses_nothing(self, text):
        values = dict.fromkeys(rules.blanks_in(text), "值")

        joined = "".join(
            piece.get("text") or piece["blank"] for piece in rules.filled(text, values)
        )

        assert joined.count("值") == len(rules.blanks_in(text))

    @pytest.mark.parametrize(
        ("text", "is_stray"), [("{a}", False), ("{a", True), ("a}", True), ("{{a}}", True)]
    )
    def test_finds_stray_braces(self, text, is_stray):
        assert rules.has_stray_brace(text) == is_stray


@pytest.mark.parametrize(
    ("kind", "number", "label"),
    [
        ("SECTION", "2", "二、"),
        ("CLAUSE", "13", "第十三条"),
        ("ITEM", "6.4", "（四）"),
        ("POINT", "6.4.9", "9."),
        ("OPENING", "0", ""),
    ],
)
def test_labels(kind, number, label):
    assert rules.label(kind, number) == label


class TestWarningDue:
    def due(self, left, given=(), in_force_since=date(2026, 1, 1)):
        return rules.warning_due(
            ends_on=END,
            in_force_since=in_force_since,
            today=END - timedelta(days=left),
            given=set(given),
        )

    @pytest.mark.parametrize(
        ("left", "given", "days", "made_up_for"),
        [
            (60, (), 60, ()),
            (59, (), 60, ()),
            (30, (60,), 30, ()),
            (25, (), 30, (60,)),
            (7, (60, 30), 7, ()),
            (1, (), 7, (60, 30)),
        ],
    )
    def test_is_the_last_one_reached(self, left, given, days, made_up_for):
        assert self.due(left, given) == rules.Due(days=days, made_up_for=made_up_for)

    @pytest.mark.parametrize(
        ("left", "given"), [(61, ()), (60, (60,)), (31, (60,)), (5, (60, 30, 7)), (0, ()), (-1, ())]
    )
    def test_is_none(self, left, given):
        assert self.due(left, given) is None

    @given(st.lists(st.integers(-5, 90), max_size=40))
    def test_each_is_given_at_most_once_whichever_days_are_seen(self, days_left):
        given: list[int] = []
        for left in sorted(days_left, reverse=True):
            due = self.due(left, given)
            given += [due.days, *due.made_up_for] if due else []

        assert len(given) == len(set(given))


class TestWording:
    def test_has_only_blanks_that_are_filled(self):
        blanks = {name for clause in wording.FIRST for name in rules.blanks_in(clause.text)}

        assert blanks <= set(Blank.values)
        assert not any(rules.has_stray_brace(clause.text) for clause in wording.FIRST)

    def test_has_every_clause_with_its_items_and_points(self):
        numbers = {kind: [c.number for c in wording.FIRST if c.kind == kind] for kind in ClauseKind}

        assert numbers["CLAUSE"] == [str(number) for number in range(1, 15)]
        assert numbers["ITEM"] == [f"6.{number}" for number in range(1, 10)]
        assert numbers["POINT"] == [f"6.4.{number}" for number in range(1, 10)]


class TestCompare:
    def clause(self, number, text="正文", title=""):
        return rules.Clause(kind="CLAUSE", number=number, title=title, text=text)

    def test_marks_what_differs_in_a_clause(self):
        [difference] = rules.compare([self.clause("1", "每条五分")], [self.clause("1", "每条六分")])

        assert [each.text for each in difference.before if each.is_changed] == ["五"]
        assert [each.text for each in difference.after if each.is_changed] == ["六"]

    def test_sets_added_and_removed_clauses_in_their_places(self):
        old = [self.clause("1"), self.clause("2"), self.clause("4")]
        new = [self.clause("1"), self.clause("3"), self.clause("4")]

        differences = rules.compare(old, new)

        assert [each.label for each in differences] == ["第一条", "第二条", "第三条", "第四条"]
        assert [bool(each.before) for each in differences] == [True, True, False, True]
        assert [bool(each.after) for each in differences] == [True, False, True, True]

    @given(st.text("甲乙丙", min_size=1), st.text("甲乙丙", min_size=1))
    def test_gives_both_texts_back(self, before, after):
        [difference] = rules.compare([self.clause("1", before)], [self.clause("1", after)])

        assert "".join(each.text for each in difference.before) == before
        assert "".join(each.text for each in difference.after) == after
