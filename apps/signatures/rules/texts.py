"""What a signature's bare text may be. Plain Python.

Letters are restricted to ASCII and Han: carriers take nothing else, and other scripts hold letters
that look like these, or like nothing at all. How long a text may be and which words are too
general differ between carriers and years, so they are settings (`TextRules`); the letters are not.

Source: reference/compliance.md 5.1.
"""

import enum
import re
import unicodedata
from dataclasses import dataclass

# No carrier takes fewer or more; the settings stay within, and so does the database's CHECK.
MIN_CHARACTERS = 2
MAX_CHARACTERS = 32
# Python and PostgreSQL read it alike; the database's CHECK uses it. 3007 is 〇, a digit to Unicode
# and a letter to people; the rest is Han with its extensions.
ALLOWED = r"[0-9A-Za-z\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003347f]"
DEFAULT_MAX_CHARACTERS = 12
DEFAULT_GENERIC_WORDS = (
    "测试",
    "测试短信",
    "test",
    "短信",
    "通知",
    "系统通知",
    "客服",
    "客服通知",
    "验证码",
    "签名",
    "会员",
    "会员服务",
    "温馨提示",
)


class TextProblem(enum.Enum):
    """Why a text cannot be a signature."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    CHARACTER = "character"
    DIGITS_ALONE = "digits_alone"
    GENERIC = "generic"


@dataclass(frozen=True, kw_only=True, slots=True)
class TextRules:
    """How many characters a text has, and which words are too general to be one."""

    min_characters: int = MIN_CHARACTERS
    max_characters: int = DEFAULT_MAX_CHARACTERS
    generic_words: frozenset[str] = frozenset(DEFAULT_GENERIC_WORDS)


def normalised(text: str) -> str:
    """Return the text as it is kept: without outer blanks and brackets, full-width made plain.

    >>> normalised(" 【ＡＢＣ软件】 ")
    'ABC软件'
    """
    return unicodedata.normalize("NFKC", text.strip().removeprefix("【").removesuffix("】")).strip()


def problem(text: str, rules: TextRules) -> TextProblem | None:
    """Return what is wrong with a normalised text, or None."""
    if len(text) < max(rules.min_characters, MIN_CHARACTERS):
        return TextProblem.TOO_SHORT
    if len(text) > min(rules.max_characters, MAX_CHARACTERS):
        return TextProblem.TOO_LONG
    if not re.fullmatch(f"{ALLOWED}+", text):
        return TextProblem.CHARACTER
    if text.isascii() and text.isdigit():
        return TextProblem.DIGITS_ALONE
    if text.casefold() in {word.casefold() for word in rules.generic_words}:
        return TextProblem.GENERIC
    return None


class Likeness(enum.Enum):
    """How a text stands to the registered name of the company."""

    CONTAINED = "contained"
    SKIPPING = "skipping"
    FOREIGN = "foreign"


def likeness(text: str, registered_name: str) -> Likeness:
    """Tell whether a text is an abbreviation that stands in the registered name as it is.

    >>> likeness("青禾软件", "北京青禾软件有限公司")
    <Likeness.CONTAINED: 'contained'>
    >>> likeness("北青软件", "北京青禾软件有限公司")
    <Likeness.SKIPPING: 'skipping'>
    """
    name, wanted = normalised(registered_name).casefold(), text.casefold()
    if wanted in name:
        return Likeness.CONTAINED
    rest = iter(name)
    return Likeness.SKIPPING if all(letter in rest for letter in wanted) else Likeness.FOREIGN


def is_traditional(text: str) -> bool:
    """Tell whether a letter belongs to the traditional script alone; evidence, never proof.

    The standard sets know which script a letter is of: GB 2312 holds the simplified ones, Big5 the
    traditional. A rare letter that only Big5 has is taken for traditional, so a person decides.
    """
    return any(_fits(letter, "big5") and not _fits(letter, "gb2312") for letter in text)


def is_letters_alone(text: str) -> bool:
    """Tell whether a text has no Chinese at all, which carriers discourage."""
    return text.isascii()


def _fits(letter: str, charset: str) -> bool:
    try:
        letter.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
