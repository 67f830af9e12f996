import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.signatures.rules.texts import (
    Likeness,
    TextProblem,
    TextRules,
    is_traditional,
    likeness,
    normalised,
    problem,
)

RULES = TextRules()


@pytest.mark.parametrize(
    "text",
    ["青禾", "青禾软件", "QingHe", "青禾2026", "二〇二六", "𠮷野家", "A1", "青" * 12],
)
def test_takes_names(text):
    assert problem(text, RULES) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", TextProblem.TOO_SHORT),
        ("青", TextProblem.TOO_SHORT),
        ("青" * 13, TextProblem.TOO_LONG),
        ("青禾 软件", TextProblem.CHARACTER),
        ("青禾】软件", TextProblem.CHARACTER),
        ("青禾-软件", TextProblem.CHARACTER),
        ("青禾\u200b软件", TextProblem.CHARACTER),
        ("ㅤㅤ", TextProblem.CHARACTER),  # Hangul fillers, letters that look like nothing
        ("АВС", TextProblem.CHARACTER),  # Cyrillic that looks like Latin
        ("青禾\n", TextProblem.CHARACTER),
        ("12306", TextProblem.DIGITS_ALONE),
        ("测试", TextProblem.GENERIC),
        ("Test", TextProblem.GENERIC),
    ],
)
def test_names_what_is_wrong(text, expected):
    assert problem(text, RULES) is expected


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("【青禾软件】", "青禾软件"),
        (" 青禾 ", "青禾"),
        ("ＱＨ２０", "QH20"),
        ("【 青禾 】", "青禾"),
    ],
)
def test_normalises_what_people_type(sent, kept):
    assert normalised(sent) == kept


@given(st.text(max_size=40))
def test_a_text_without_problem_is_short_unbracketed_and_already_normal(text):
    kept = normalised(text)

    if problem(kept, RULES) is None:
        assert 2 <= len(kept) <= 12
        assert kept.isalnum() or "〇" in kept
        assert normalised(kept) == kept


def test_lengths_and_words_are_those_that_staff_set():
    rules = TextRules(min_characters=3, max_characters=32, generic_words=frozenset({"Shop"}))

    assert problem("青禾", rules) is TextProblem.TOO_SHORT
    assert problem("青" * 32, rules) is None
    assert problem("测试测试", rules) is None
    assert problem("SHOP", rules) is TextProblem.GENERIC


def test_no_setting_reaches_past_what_any_carrier_takes():
    rules = TextRules(min_characters=1, max_characters=100)

    assert problem("青", rules) is TextProblem.TOO_SHORT
    assert problem("青" * 33, rules) is TextProblem.TOO_LONG


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青禾软件", Likeness.CONTAINED),
        ("北京青禾软件有限公司", Likeness.CONTAINED),
        ("北青软件", Likeness.SKIPPING),
        ("软件青禾", Likeness.FOREIGN),
        ("云帆", Likeness.FOREIGN),
    ],
)
def test_compares_a_text_with_the_registered_name(text, expected):
    assert likeness(text, "北京青禾软件有限公司") is expected


@given(st.text(alphabet="青禾软件有限公司AB", min_size=1, max_size=12), st.data())
def test_every_part_of_a_name_is_contained_in_it(name, data):
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))

    assert likeness(name[start:end], name) is Likeness.CONTAINED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青禾軟件", True),
        ("云帆軟體", True),
        ("青禾软件", False),
        ("QingHe88", False),
        ("国美", False),
    ],
)
def test_notices_the_traditional_script(text, expected):
    assert is_traditional(text) is expected
