"""What a signature's bare text may be. Plain Python.

Letters are restricted to ASCII and Han: carriers take nothing else, and other scripts hold letters
that look like these, or like nothing at all.

Source: reference/compliance.md 5.1 (2 to 32 characters, Chinese, letters and digits, no blank, no
symbol, no brackets, not digits alone, not generic).
"""

import enum
import re
import unicodedata

MIN_CHARACTERS = 2
MAX_CHARACTERS = 32
# Python and PostgreSQL read it alike; the database's CHECK uses it. 3007 is 〇, a digit to Unicode
# and a letter to people; the rest is Han with its extensions.
ALLOWED = r"[0-9A-Za-z\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003347f]"
GENERIC = frozenset({"测试", "测试短信", "test", "短信", "通知", "客服通知", "验证码", "签名"})


class TextProblem(enum.Enum):
    """Why a text cannot be a signature."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    CHARACTER = "character"
    DIGITS_ALONE = "digits_alone"
    GENERIC = "generic"


def normalised(text: str) -> str:
    """Return the text as it is kept: without outer blanks and brackets, full-width made plain.

    >>> normalised(" 【ＡＢＣ软件】 ")
    'ABC软件'
    """
    return unicodedata.normalize("NFKC", text.strip().removeprefix("【").removesuffix("】")).strip()


def problem(text: str) -> TextProblem | None:
    """Return what is wrong with a normalised text, or None."""
    if len(text) < MIN_CHARACTERS:
        return TextProblem.TOO_SHORT
    if len(text) > MAX_CHARACTERS:
        return TextProblem.TOO_LONG
    if not re.fullmatch(f"{ALLOWED}+", text):
        return TextProblem.CHARACTER
    if text.isascii() and text.isdigit():
        return TextProblem.DIGITS_ALONE
    if text.casefold() in GENERIC:
        return TextProblem.GENERIC
    return None
