"""Images that attack, and images that are merely unusual, written by hand or by Pillow."""

import io
import struct
import zlib

from PIL import Image, PngImagePlugin

SCRIPT = b"<script>evil()</script>"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind, body, crc=None):
    check = zlib.crc32(kind + body) if crc is None else crc
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)


def png_of(width, height, *extra, depth=8, colour=0, rows=None):
    """Write a PNG that claims a size, with the pixels of a single row or those given."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    pixels = b"\0" * (width + 1) if rows is None else rows
    return (
        PNG_SIGNATURE
        + chunk(b"IHDR", header)
        + b"".join(extra)
        + chunk(b"IDAT", zlib.compress(pixels))
        + chunk(b"IEND", b"")
    )


def saved(image, kind, **options):
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def seal(mode="RGB", size=(60, 40)):
    """Draw something with an upper left corner of its own colour, to see which side is up."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    return image.convert(mode)


JPEG = saved(seal(), "JPEG")
PNG = saved(seal(), "PNG")


def text_bomb():
    """A compressed text of 64 MB in a small PNG."""
    packed = zlib.compress(b"\0" * 64 * 1024 * 1024, 9)
    return png_of(1, 1, chunk(b"zTXt", b"Comment\0\0" + packed), rows=b"\0\0")


def profile_bomb():
    packed = zlib.compress(b"\0" * 64 * 1024 * 1024, 9)
    return png_of(1, 1, chunk(b"iCCP", b"sRGB\0\0" + packed), rows=b"\0\0")


def pixel_bomb():
    """A PNG of few bytes whose pixels unpack to far more than its header says."""
    return png_of(1, 1, rows=b"\0" * 64 * 1024 * 1024)


def with_wrong_check_sum():
    return PNG.replace(chunk(b"IEND", b""), chunk(b"IEND", b"", crc=1))


def with_broken_pixels():
    broken = bytearray(PNG)
    broken[PNG.index(b"IDAT") + 10] ^= 0xFF
    return bytes(broken)


def animated():
    frames = [seal(), Image.new("RGB", (60, 40), "blue")]
    return saved(frames[0], "PNG", save_all=True, append_images=frames[1:])


def two_photos_in_one():
    """An MPO, as telephones with two lenses write it: it begins like any JPEG."""
    return saved(seal(), "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40), "blue")])


def with_exif(kind, orientation=1):
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (39.0, 54.0, 20.0)  # GPS
    return saved(seal(), kind, exif=exif)


def png_with_xmp():
    texts = PngImagePlugin.PngInfo()
    texts.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>taken at home</x:xmpmeta>")
    return saved(seal(), "PNG", pnginfo=texts)


def jpeg_with_comment(comment):
    return saved(seal(), "JPEG", comment=comment)
