"""From a typst template and values to a PDF."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pylopdf_fonts_zh_cn
import typst
from django.utils.translation import gettext_lazy as _

from apps.common.errors import InvalidError
from apps.common.texts import unturned

# Templates import each other by paths from here: "/common/documents/library.typ".
ROOT = Path(__file__).resolve().parent.parent.parent
# For archives: fonts embedded, every glyph with the character it stands for, and no glyph missing.
STANDARD: Literal["a-2u"] = "a-2u"
_MISSING_GLYPH = re.compile(r'the text (?:contains the disallowed codepoint )?`"(.+?)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class UnprintableCharacterError(InvalidError):
    """The fonts have no glyph for it: emoji, control characters, a few very rare characters."""

    code = "document_unprintable_character"
    message = _("These characters cannot be printed: %(characters)s. Write them another way.")
    cure = _("Replace emoji and very rare characters in that text.")

    @property
    def missing(self) -> list[str]:
        """Each of the characters as it is."""
        shown = str(self.data["characters"]).split(" ")
        return [chr(int(f"0x{each[2:]}", 0)) if each.startswith("U+") else each for each in shown]


def render(*, template: Path, values: Mapping[str, Any]) -> bytes:
    """Typeset a template with JSON values; the same values give the same bytes.

    Marks that turn the direction of writing are left out: a line stands on paper as it is read.

    `values` has at least `title` (of the document) and `dated_at` (ISO 8601 with an offset), which
    becomes the creation date of the PDF.

    Raises:
        UnprintableCharacterError: a value has characters that the fonts do not.
    """
    try:
        return typst.compile(
            template,
            root=ROOT,
            font_paths=_fonts(),
            format="pdf",
            pdf_standards=STANDARD,
            timestamp=int(datetime.fromisoformat(values["dated_at"]).timestamp()),
            sys_inputs={"values": _written(values)},
        )
    except typst.TypstError as error:
        missing = dict.fromkeys(_MISSING_GLYPH.findall(error.diagnostic))
        if not missing:
            raise
        raise UnprintableCharacterError(characters=" ".join(map(_shown, missing))) from error


def _written(values: Mapping[str, Any]) -> str:
    return unturned(json.dumps(values, ensure_ascii=False, sort_keys=True))


@cache
def _fonts() -> typst.Fonts:
    """Read the fonts once a process: those of the project and no others."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(pylopdf_fonts_zh_cn.serif_path().parent)],
    )


def _shown(character: str) -> str:
    """Write what cannot be seen as its number: U+0007."""
    if escaped := _ESCAPED.fullmatch(character):
        return f"U+{escaped[1].upper():0>4}"
    return character
