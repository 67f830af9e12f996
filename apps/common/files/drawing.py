"""Pages drawn as images; this runs in a confined process, where pdfium may do its worst."""

import io
from typing import Any

import pypdfium2
from PIL import Image

PDF = "application/pdf"


def count_pages(content: bytes, *, content_type: str) -> tuple[dict[str, Any], bytes]:
    """Return how many pages a file has; an image has one."""
    if content_type != PDF:
        return {"pages": 1}, b""
    with pypdfium2.PdfDocument(content) as document:
        return {"pages": len(document)}, b""


def draw_page(
    content: bytes, *, content_type: str, number: int, width: int, height: int
) -> tuple[dict[str, Any], bytes]:
    """Return a page, the first being 1, as a PNG that fits into a frame of pixels."""
    if content_type == PDF:
        image = _drawn(content, number, width, height)
    else:
        image = Image.open(io.BytesIO(content), formats=["JPEG", "PNG"])
        image.thumbnail((width, height))
    target = io.BytesIO()
    image.save(target, "PNG")
    return {"width": image.width, "height": image.height}, target.getvalue()


def _drawn(content: bytes, number: int, width: int, height: int) -> Image.Image:
    with pypdfium2.PdfDocument(content) as document:
        page = document[number - 1]
        scale = min(width / page.get_width(), height / page.get_height())
        image: Image.Image = page.render(scale=scale).to_pil()
        return image
