"""What a stranger called a file, made fit to be shown. It never becomes a path or a type."""

import re
import unicodedata

EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}  # what is kept
MAX_CHARACTERS = 80
_DROPPED = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}  # also what turns the reading direction
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')


def shown(name: object, *, extension: str) -> str:
    r"""Return the last part of a file name in plain characters, ending in `extension`.

    `..\..\执照<U+202E>gpj.exe` becomes `执照gpj.pdf` for a PDF: the ending tells what it is.
    """
    last = re.split(r"[/\\]", name)[-1] if isinstance(name, str) else ""
    plain = "".join(each for each in last if unicodedata.category(each) not in _DROPPED)
    stem = _NOT_IN_NAMES.sub("", unicodedata.normalize("NFC", plain)).rpartition(".")
    base = (stem[0] or stem[2]).strip(" .")[:MAX_CHARACTERS]
    return f"{base or 'file'}.{extension}"
