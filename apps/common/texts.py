"""The one rule for texts from outside: what a line of text may hold, and what a longer text may.

A **line** (a name, a subject, a note) has no line breaks and nothing that cannot be seen: control
characters, marks that turn the direction of writing, joiners and fillers of no width. They cut a
mail's subject, turn a line of a PDF around and make two names look like one. **Lines** (a remark, a
wording) may have line breaks. Both are kept composed (NFC), without blanks around them.

What people and partners' software give is refused with the name of the character. What banks, files
and earlier versions left is cleaned instead (`cleaned_line`): nobody is there to correct it.

A text that is passed on exactly as it was given is not under this rule: only what the database
cannot keep is refused (`is_storable`).
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# First and last of each range. Private use is let through: bank systems and old fonts write rare
# characters of names there. So are variation selectors, which choose a form of a character.
HIDDEN_RANGES = (
    (0x0000, 0x001F),  # control characters, line breaks and tabs among them
    (0x007F, 0x009F),
    (0x00AD, 0x00AD),  # soft hyphen
    (0x034F, 0x034F),  # grapheme joiner
    (0x061C, 0x061C),  # Arabic letter mark
    (0x115F, 0x1160),  # Hangul fillers
    (0x17B4, 0x17B5),  # Khmer inherent vowels
    (0x180B, 0x180F),  # Mongolian selectors and separator
    (0x200B, 0x200F),  # zero width blank and joiners, direction marks
    (0x2028, 0x202E),  # line and paragraph separator, embeddings and overrides
    (0x2060, 0x206F),  # word joiner, invisible operators, isolates
    (0x2800, 0x2800),  # empty Braille pattern
    (0x3164, 0x3164),  # Hangul filler
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFA0, 0xFFA0),  # half-width Hangul filler
    (0xFFF0, 0xFFFB),  # annotation marks
    (0xFFFD, 0xFFFF),  # stands for bytes that were lost; noncharacters
    (0x13430, 0x1343F),  # hieroglyph format controls
    (0x1BCA0, 0x1BCA3),  # shorthand format controls
    (0x1D173, 0x1D17A),  # musical format controls
    (0xE0000, 0xE00FF),  # tags
    (0xE01F0, 0xE0FFF),
)
_BREAKS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_HALVES = "\ud800-\udfff"  # of pairs; JSON in UTF-8 and patterns of JSON Schema know none
_UNSTORABLE = re.compile(f"[\0{_HALVES}]")
_ANY_BREAK = re.compile("\r\n?|[\n\v\f\x85\u2028\u2029]")


def _ranges(besides: str = "") -> str:
    """Write the hidden ranges for a character class, in the form that JSON Schema reads as well."""
    parts = []
    for first, last in HIDDEN_RANGES:
        if first == 0 and besides:
            kept = [code for code in range(last + 1) if chr(code) not in besides]
            parts += [f"\\u{code:04x}" for code in kept]
        elif last > 0xFFFF:
            parts.append(f"{chr(first)}-{chr(last)}")
        else:
            parts.append(f"\\u{first:04x}-\\u{last:04x}")
    return "".join(parts)


LINE_FORBIDS, LINES_FORBID = _ranges(), _ranges(besides="\t\n\r")
_HIDDEN_IN_LINE = re.compile(f"[{LINE_FORBIDS}{_HALVES}]")
_HIDDEN_IN_LINES = re.compile(f"[{LINES_FORBID}{_HALVES}]")
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def is_storable(text: str) -> bool:
    """Tell whether a text holds nothing that the database refuses: NUL, halves of pairs."""
    return _UNSTORABLE.search(text) is None


def is_line(text: str) -> bool:
    """Tell whether a text is one line of what can be seen."""
    return _HIDDEN_IN_LINE.search(text) is None


def line(text: str) -> str:
    """Return a line as it is kept: composed and trimmed.

    Raises:
        ValidationError: it holds a line break or something that cannot be seen.
    """
    _refuse(_HIDDEN_IN_LINE.search(text))
    return unicodedata.normalize("NFC", text).strip()


def lines(text: str) -> str:
    r"""Return a longer text as it is kept: composed and trimmed, its line breaks as \n.

    Raises:
        ValidationError: it holds something that cannot be seen.
    """
    _refuse(_HIDDEN_IN_LINES.search(text))
    return _ANY_BREAK.sub("\n", unicodedata.normalize("NFC", text)).strip()


def cleaned_line(text: str) -> str:
    """Return a text of which nobody can be asked as one line: breaks as blanks, the rest dropped."""
    if is_line(text):
        return text
    return _HIDDEN_IN_LINE.sub("", _ANY_BREAK.sub(" ", text).replace("\t", " ")).strip()


def unturned(text: str) -> str:
    """Return a text without the marks that turn the direction of writing."""
    return _TURNING.sub("", text)


def _refuse(found: re.Match[str] | None) -> None:
    if found is None:
        return
    character = found[0]
    if character in _BREAKS:
        raise ValidationError(_("This must be a single line: take the line break out."))
    raise ValidationError(
        _("The invisible character %(code)s cannot be kept: take it out."),
        params={"code": f"U+{ord(character):04X}"},
    )
