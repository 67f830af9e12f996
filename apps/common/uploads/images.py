"""Images: decoded upright and encoded anew, so that nothing but their pixels stays."""

import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image, ImageOps

from apps.common.uploads.errors import UploadBrokenError, UploadTooComplexError

MAX_PIXELS = 50_000_000  # an A4 page at 600 dpi has 35 million; decoded they take 200 MB
JPEG_QUALITY = 92  # keeps the edge of a red seal, where the sender's own quality cannot be kept
PNG_HEADER_BYTES = 8
# What is needed for the pixels of the first frame; eXIf tells which side is up. Texts, profiles,
# the frames of an animation and whatever follows the end are not even decompressed.
PNG_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"eXIf", b"IEND"})
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}

# Our own limit stands before a pixel is decoded; Pillow's would only warn from half of its own.
Image.MAX_IMAGE_PIXELS = None


def encoded_anew(sent: bytes, content_type: str) -> bytes:
    """Return an image of the same kind and the same pixels, of its first frame.

    Raises:
        UploadTooComplexError: too many pixels.
        UploadBrokenError: cut off, or a check sum is wrong.
    """
    is_png = content_type == "image/png"
    source = _png_of_pixels(sent) if is_png else sent
    image = Image.open(io.BytesIO(source), formats=[FORMATS[content_type]])
    if image.width * image.height > MAX_PIXELS:
        raise UploadTooComplexError
    image.load()
    ImageOps.exif_transpose(image, in_place=True)
    upright = _in_eight_bits(image)
    upright.info = {}  # Pillow would write comments and profiles again.
    target = io.BytesIO()
    if is_png:
        upright.save(target, "PNG")
    else:
        is_as_sent = upright is image and image.format == "JPEG"
        upright.save(target, "JPEG", quality="keep" if is_as_sent else JPEG_QUALITY)
    return target.getvalue()


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """Return the image as grey, RGB or RGBA; a copy is made only where it changes."""
    has_alpha = image.mode in {"LA", "PA", "La", "RGBA"} or "transparency" in image.info
    if image.mode == "RGBA" or (image.mode in {"L", "RGB"} and not has_alpha):
        return image
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.point(lambda value: value / 256).convert("L")
    plain = "L" if image.mode == "1" else "RGB"
    return image.convert("RGBA" if has_alpha else plain)


def _png_of_pixels(sent: bytes) -> bytes:
    """Return the PNG with only the chunks that its pixels need."""
    kept = [sent[:PNG_HEADER_BYTES]]
    for kind, chunk in _chunks(sent):
        if kind in PNG_CHUNKS:
            kept.append(chunk)
        if kind == b"IEND":
            return b"".join(kept)
    raise UploadBrokenError


def _chunks(sent: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Walk the chunks; each is its length, its kind, that many bytes and a check sum."""
    position = PNG_HEADER_BYTES
    while position + 12 <= len(sent):
        [length] = struct.unpack_from(">I", sent, position)
        end = position + 12 + length
        if end > len(sent):
            raise UploadBrokenError
        kind = sent[position + 4 : position + 8]
        is_needed = kind in PNG_CHUNKS
        if is_needed and zlib.crc32(sent[position + 4 : end - 4]) != _number_at(sent, end - 4):
            raise UploadBrokenError
        yield kind, sent[position:end]
        position = end


def _number_at(sent: bytes, position: int) -> int:
    return int.from_bytes(sent[position : position + 4], "big")
