"""Reading numbers as people write them, and telling whose network they are on.

The first guess is the number's segment; a ported number (携号转网, since 2019-12) is told by the
table of ported numbers, which the caller asks.

Source of the forms: the legacy interface (PHS as 0 + area code + number; a mobile with a trunk 0)
and the REST contract.
"""

import re
import unicodedata
from collections.abc import Mapping

MOBILE = re.compile(r"1[3-9][0-9]{9}")
# Area codes: 010 and 02x have three digits, all others four; local numbers seven or eight.
PHS = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})[0-9]{7,8}")
TRUNK_MOBILE = re.compile(r"01[3-9][0-9]{9}")  # No area code but 010 begins 01.
_SEPARATORS = re.compile(r"[\s\-‐-―()（）.]+")
_COUNTRY = re.compile(r"(?:\+|00)86")
LONGEST_RAW = 32


def normalise(raw: str) -> str | None:
    """Return the number in the form that is stored, or None when it cannot be one.

    A mobile number is its 11 digits; a PHS number keeps its leading 0 and area code.
    """
    if MOBILE.fullmatch(raw):
        return raw
    if len(raw) > LONGEST_RAW:
        return None
    text = _SEPARATORS.sub("", unicodedata.normalize("NFKC", raw))
    return _national(text)


def _national(text: str) -> str | None:
    if country := _COUNTRY.match(text):
        text = text[country.end() :]
        if not text.startswith("0") and not MOBILE.fullmatch(text):
            text = f"0{text}"
    elif text.startswith(("861", "860")):  # No national number begins 86.
        text = text[2:]
    if TRUNK_MOBILE.fullmatch(text):
        text = text[1:]
    return text if MOBILE.fullmatch(text) or PHS.fullmatch(text) else None


def is_phs(number: str) -> bool:
    """Tell whether a normalised number is a PHS or fixed-line one."""
    return number.startswith("0")


def operator_by_segment(number: str, segments: Mapping[str, str]) -> str:
    """Return the operator whose longest segment the number begins with; OTHER when none does.

    An unknown segment is no error: new ones are opened before any table knows them.
    """
    if is_phs(number):
        return "PHS"
    for length in range(8, 2, -1):
        if operator := segments.get(number[:length]):
            return operator
    return "OTHER"
