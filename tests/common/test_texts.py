import sys
import unicodedata

import pytest
from django.core.exceptions import ValidationError

from apps.common import texts

# Format characters that are drawn: signs above Arabic and Kaithi numbers.
DRAWN = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
BREAKS = ["\r", "\n", "\r\n", "\v", "\f", "\x85", "\u2028", "\u2029"]
UNSEEN = [
    *("\0", "\x07", "\x1b", "\x7f", "\u00ad", "\u200b", "\u200d", "\ufeff", "\u3164", "\ufffd"),
    *("\u200e", "\u200f", "\u061c", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e"),
    *("\u2066", "\u2067", "\u2068", "\u2069", "\ud800", "\U000e0041"),
]
VISIBLE = [
    "青禾软件（北京）有限公司",
    "O'Neill & 50 % <b>",
    "𠮷野家",
    "😀",
    "葛\U000e0100",
    "אבג",
    "٣",
    "①",
]


@pytest.mark.parametrize("text", VISIBLE)
def test_what_can_be_seen_may_stand_in_a_line(text):
    assert texts.line(text) == text


@pytest.mark.parametrize("mark", [*BREAKS, *UNSEEN, "\t"])
def test_a_line_takes_no_breaks_and_nothing_unseen(mark):
    with pytest.raises(ValidationError):
        texts.line(f"青禾{mark}软件")


@pytest.mark.parametrize("mark", UNSEEN)
def test_longer_texts_take_nothing_unseen(mark):
    with pytest.raises(ValidationError):
        texts.lines(f"青禾{mark}软件")


def test_the_refusal_names_the_character():
    with pytest.raises(ValidationError, match=r"U\+202E"):
        texts.line("青禾\u202e软件")


def test_longer_texts_keep_their_breaks_as_newlines():
    assert texts.lines(" a\r\nb\rc\td\n") == "a\nb\nc\td"


def test_texts_are_kept_composed_and_trimmed():
    assert texts.line(" Cafe\u0301\u3000") == "Café"


@pytest.mark.parametrize("category", ["Cc", "Cf", "Cs", "Zl", "Zp"])
def test_every_character_of_the_unseen_categories_is_refused(category):
    let_through = [
        f"{code:04X}"
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) == category
        and code not in DRAWN
        and texts.is_line(chr(code))
    ]

    assert let_through == []


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("货款\r\nBcc: a@example.com", "货款 Bcc: a@example.com"),
        ("青禾\u202e软件\u2069", "青禾软件"),
        ("\x00 a\tb\u2028c ", "a b c"),
        ("青禾软件", "青禾软件"),
    ],
)
def test_what_nobody_can_be_asked_about_is_cleaned(raw, cleaned):
    assert texts.cleaned_line(raw) == cleaned
    assert texts.is_line(cleaned)


@pytest.mark.parametrize(
    ("text", "storable"), [("a\r\u202e", True), ("\0", False), ("\udfff", False)]
)
def test_the_database_keeps_no_nul_and_no_half_of_a_pair(text, storable):
    assert texts.is_storable(text) is storable
