"""Small real files, as a partner would upload them."""

import io
from functools import cache

from PIL import Image
from pypdf import PdfWriter


def pdf(pages: int = 1) -> io.BytesIO:
    """Return a PDF of blank A4 pages."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(595, 842)
    target = io.BytesIO()
    writer.write(target)
    return io.BytesIO(target.getvalue())


def jpeg(colour: str = "white") -> io.BytesIO:
    """Return a small photo."""
    return io.BytesIO(_image("JPEG", colour))


def png(colour: str = "white") -> io.BytesIO:
    """Return a small scan."""
    return io.BytesIO(_image("PNG", colour))


@cache
def _image(kind: str, colour: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(target, kind)
    return target.getvalue()
