import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.signatures.rules import TextProblem, normalised, problem


@pytest.mark.parametrize(
    "text",
    ["青禾", "青禾软件", "QingHe", "青禾2026", "二〇二六", "𠮷野家", "A1", "青" * 32],
)
def test_takes_names(text):
    assert problem(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", TextProblem.TOO_SHORT),
        ("青", TextProblem.TOO_SHORT),
        ("青" * 33, TextProblem.TOO_LONG),
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
    assert problem(text) is expected


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

    if problem(kept) is None:
        assert 2 <= len(kept) <= 32
        assert kept.isalnum() or "〇" in kept
        assert normalised(kept) == kept
