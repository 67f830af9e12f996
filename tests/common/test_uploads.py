import io
import struct
import zlib

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from apps.common import uploads
from tests.factories import files

SCRIPT = "app.alert('hello')"
SCRIPT_ACTION = DictionaryObject(
    {
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject(SCRIPT),
    }
)


def written(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def blank_writer() -> PdfWriter:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    return writer


def pdf_with_javascript() -> bytes:
    writer = blank_writer()
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(SCRIPT_ACTION)
    return written(writer)


def pdf_with_page_script() -> bytes:
    writer = blank_writer()
    opened = DictionaryObject({NameObject("/O"): writer._add_object(SCRIPT_ACTION)})
    writer.pages[0][NameObject("/AA")] = opened
    return written(writer)


def pdf_with_script_under_an_escaped_name() -> bytes:
    return pdf_with_javascript().replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4aS")


def pdf_with_attachment() -> bytes:
    writer = blank_writer()
    writer.add_attachment("virus.exe", b"MZ")
    return written(writer)


def pdf_that_launches() -> bytes:
    writer = blank_writer()
    launch = DictionaryObject({NameObject("/S"): NameObject("/Launch")})
    link = DictionaryObject({NameObject("/A"): launch})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([link])
    return written(writer)


def encrypted_pdf(password: str) -> bytes:
    writer = blank_writer()
    writer.encrypt(password, algorithm="AES-256")
    return written(writer)


def png_of(width: int, height: int) -> bytes:
    """Write a PNG that claims a size, with the pixels of a single row."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * (width + 1)))
        + chunk(b"IEND", b"")
    )


def many_pages() -> bytes:
    return files.pdf(pages=uploads.MAX_PAGES + 1).getvalue()


PNG = files.png().getvalue()
JPEG = files.jpeg().getvalue()
PDF = files.pdf().getvalue()

HOSTILE = {
    "empty": (b"", uploads.UploadEmptyError),
    "too large": (PDF + b" " * uploads.MAX_BYTES, uploads.UploadTooLargeError),
    "text": (b"hello, I am a licence", uploads.UploadTypeError),
    "html named pdf": (b"<!DOCTYPE html><html><script>1</script></html>", uploads.UploadTypeError),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', uploads.UploadTypeError),
    "gif": (b"GIF89a" + b"\0" * 40, uploads.UploadTypeError),
    "zip": (b"PK\x03\x04" + b"\0" * 40, uploads.UploadTypeError),
    "executable": (b"MZ" + b"\0" * 400, uploads.UploadTypeError),
    "html before pdf": (b"<html><script>1</script>" + PDF, uploads.UploadTypeError),
    "truncated png": (PNG[:60], uploads.UploadBrokenError),
    "truncated jpeg": (JPEG[:300], uploads.UploadBrokenError),
    "png signature alone": (b"\x89PNG\r\n\x1a\n", uploads.UploadBrokenError),
    "pdf signature alone": (b"%PDF-1.7\n", uploads.UploadBrokenError),
    "pdf without pages": (written(PdfWriter()), uploads.UploadBrokenError),
    "image bomb": (png_of(60_000, 60_000), uploads.UploadTooComplexError),
    "image over our bound": (png_of(10_000, 5_001), uploads.UploadTooComplexError),
    "too many pages": (many_pages(), uploads.UploadTooComplexError),
    "encrypted pdf": (encrypted_pdf("secret"), uploads.UploadEncryptedError),
    "pdf encrypted without password": (encrypted_pdf(""), uploads.UploadEncryptedError),
    "pdf with javascript": (pdf_with_javascript(), uploads.UploadActiveError),
    "pdf with script on a page": (pdf_with_page_script(), uploads.UploadActiveError),
    "pdf with escaped names": (pdf_with_script_under_an_escaped_name(), uploads.UploadActiveError),
    "pdf with attachment": (pdf_with_attachment(), uploads.UploadActiveError),
    "pdf that launches": (pdf_that_launches(), uploads.UploadActiveError),
}


@pytest.mark.parametrize(("sent", "error"), HOSTILE.values(), ids=HOSTILE)
def test_refuses(sent, error):
    with pytest.raises(error):
        uploads.inspect(io.BytesIO(sent))


@pytest.mark.parametrize(
    ("sent", "content_type", "extension"),
    [
        (PDF, "application/pdf", "pdf"),
        (JPEG, "image/jpeg", "jpg"),
        (PNG, "image/png", "png"),
    ],
)
def test_keeps_what_opens(sent, content_type, extension):
    upload = uploads.inspect(io.BytesIO(sent))

    assert (upload.content_type, upload.extension) == (content_type, extension)
    assert uploads.inspect(io.BytesIO(upload.content)).content_type == content_type


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_keeps_every_kind_of_scan(mode):
    target = io.BytesIO()
    Image.new(mode, (20, 10)).save(target, "JPEG" if mode == "CMYK" else "PNG")
    target.seek(0)

    assert Image.open(io.BytesIO(uploads.inspect(target).content)).size == (20, 10)


@pytest.mark.parametrize("sent", [PNG, JPEG, PDF], ids=["png", "jpeg", "pdf"])
def test_drops_what_is_glued_to_the_end(sent):
    polyglot = sent + b"<script>evil()</script>PK\x03\x04"

    assert b"evil" not in uploads.inspect(io.BytesIO(polyglot)).content


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_strips_metadata_of_images(kind):
    image, target = Image.new("RGB", (8, 8)), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    extra = {"comment": b"taken at home"} if kind == "JPEG" else {}
    image.save(target, kind, exif=exif, icc_profile=b"taken at home", **extra)
    assert target.getvalue().count(b"taken at home") >= 1
    target.seek(0)

    assert b"taken at home" not in uploads.inspect(target).content


def test_turns_a_photo_upright():
    image, target = Image.new("RGB", (30, 10)), io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    image.save(target, "JPEG", exif=exif)
    target.seek(0)

    assert Image.open(io.BytesIO(uploads.inspect(target).content)).size == (10, 30)


def test_strips_metadata_of_pdfs():
    writer = blank_writer()
    writer.add_metadata({"/Author": "Zhao Min"})

    content = uploads.inspect(io.BytesIO(written(writer))).content

    assert b"Zhao" not in content
    assert len(PdfReader(io.BytesIO(content)).pages) == 1


def test_recognises_the_same_file_by_its_digest():
    first, again = (uploads.inspect(io.BytesIO(PNG)) for _ in range(2))

    assert first.sha256 == again.sha256
    assert first.sha256 != uploads.inspect(files.png("red")).sha256
