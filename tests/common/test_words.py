"""What lies at the bottom of the apps knows nothing of the trade that is built on it."""

import io
import re
import tokenize
from pathlib import Path

import pytest

COMMON = Path(__file__).resolve().parents[2] / "apps" / "common"
# "Signature" and "message" are left out: papers are signed, and forms say things, in any trade.
WORDS_OF_THE_TRADE = {
    "sms", "segment", "segments", "handset", "carrier", "carriers", "recharge", "recharges",
    "remittance", "pledge", "pledges", "tariff", "msisdn", "delivered", "undelivered",
}  # fmt: skip
MODULES = [path for path in COMMON.rglob("*.py") if "migrations" not in path.parts]


def words_of(text):
    """Return the words of the code, names and texts alike, comments and docstrings left out."""
    found, before = set(), tokenize.NEWLINE
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        is_docstring = token.type == tokenize.STRING and before in {
            tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.NL,
        }  # fmt: skip
        if token.type in {tokenize.NAME, tokenize.STRING} and not is_docstring:
            found |= {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", token.string)}
        if token.type not in {tokenize.COMMENT, tokenize.NL}:
            before = token.type
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(COMMON)))
def test_a_module_uses_no_word_of_the_trade(path):
    assert not words_of(path.read_text()) & WORDS_OF_THE_TRADE


def test_words_are_found_in_names_and_in_texts():
    code = '"""A segment."""\nsegmentsLeft = UndeliveredError  # a handset\nx = "no carrier"\n'

    assert words_of(code) & WORDS_OF_THE_TRADE == {"segments", "undelivered", "carrier"}
