"""Uploaded papers: told by their content, opened, cleaned, or refused with what to do about it.

What comes out is safe to keep and to show: an image is decoded and encoded anew, a PDF is rebuilt
from its pages. So metadata, whatever was glued to the end, and documents hidden in documents do
not survive. A PDF that wants to do something (scripts, embedded files, forms) is refused.
"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import puremagic
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from apps.common.errors import DomainError

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000  # an A4 page at 600 dpi has 35 million; decoded they take 200 MB
MAX_PAGES = 50
MAX_PDF_OBJECTS = 20_000  # a scanned page has about ten; this bounds the seconds spent looking
JPEG_QUALITY = 92  # keeps the edge of a red seal

EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
PDF_FORBIDDEN_KEYS = frozenset(
    {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMedia"}
)
PDF_FORBIDDEN_ACTIONS = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/GoToE",
        "/GoToR",
        "/Rendition",
        "/RichMediaExecute",
    }
)


class UploadEmptyError(DomainError):
    """The file has no bytes."""

    code = "upload_empty"
    message = _("The file is empty. Choose the scan or photo again.")


class UploadTooLargeError(DomainError):
    """More than 10 MB."""

    code = "upload_too_large"
    message = _("The file is larger than 10 MB. Scan it at 300 dpi or less.")


class UploadTypeError(DomainError):
    """Neither PDF nor JPEG nor PNG by its content, whatever its name says."""

    code = "upload_type_not_allowed"
    message = _("The content is not that of a PDF, JPEG or PNG file. Scan or photograph the paper.")


class UploadBrokenError(DomainError):
    """It begins like one of the types and cannot be opened."""

    code = "upload_broken"
    message = _("The file cannot be opened. It may be cut off: save it again and repeat.")


class UploadEncryptedError(DomainError):
    """A PDF under a password."""

    code = "upload_encrypted"
    message = _("The PDF is protected by a password. Save it without one.")


class UploadActiveError(DomainError):
    """A PDF with scripts, attachments or forms."""

    code = "upload_active_content"
    message = _("The PDF holds scripts, attachments or forms. Print it to a new PDF.")


class UploadTooComplexError(DomainError):
    """An image of too many pixels, a PDF of too many pages or objects."""

    code = "upload_too_complex"
    message = _("The file has too many pixels or pages. Scan only the page asked for, at 300 dpi.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """A file fit to be kept.

    Attributes:
        content: the cleaned bytes.
        content_type: one of `EXTENSIONS`.
        sha256: hexadecimal, of the bytes as they were sent, so that the same file is recognised.
    """

    content: bytes
    content_type: str
    sha256: str

    @property
    def extension(self) -> str:
        """The file name's ending that fits the content."""
        return EXTENSIONS[self.content_type]


def inspect(file: IO[bytes]) -> Upload:
    """Read a file that somebody sent, and return what is safe to keep of it.

    Raises:
        UploadEmptyError: nothing in it.
        UploadTooLargeError: more than 10 MB.
        UploadTypeError: not a PDF, JPEG or PNG.
        UploadBrokenError: cannot be opened.
        UploadEncryptedError: a PDF under a password.
        UploadActiveError: a PDF that runs or carries something.
        UploadTooComplexError: too many pixels, pages or objects.
    """
    sent = file.read(MAX_BYTES + 1)
    if not sent:
        raise UploadEmptyError
    if len(sent) > MAX_BYTES:
        raise UploadTooLargeError
    content_type = _content_type(sent)
    try:
        content = _rebuild_pdf(sent) if content_type == "application/pdf" else _reencode(sent)
    except (DomainError, MemoryError):
        raise
    except Exception as error:  # Parsers of hostile bytes raise anything.
        raise UploadBrokenError from error
    return Upload(
        content=content, content_type=content_type, sha256=hashlib.sha256(sent).hexdigest()
    )


def _content_type(sent: bytes) -> str:
    try:
        content_type = puremagic.from_string(sent, mime=True)
    except (puremagic.PureError, ValueError) as error:
        raise UploadTypeError from error
    if content_type not in EXTENSIONS:
        raise UploadTypeError
    return content_type


def _reencode(sent: bytes) -> bytes:
    """Decode an image upright and encode its pixels anew; only the first frame stays."""
    try:
        image = Image.open(io.BytesIO(sent), formats=["JPEG", "PNG"])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UploadTooComplexError from error
    if image.width * image.height > MAX_PIXELS:
        raise UploadTooComplexError
    image.load()
    upright = ImageOps.exif_transpose(image)
    target = io.BytesIO()
    if image.format == "JPEG":
        _without_metadata(upright.convert("RGB")).save(target, "JPEG", quality=JPEG_QUALITY)
    else:
        _without_metadata(upright.convert("RGBA")).save(target, "PNG")
    return target.getvalue()


def _without_metadata(image: Image.Image) -> Image.Image:
    """Forget comments and profiles, which Pillow would otherwise write again."""
    image.info = {}
    return image


def _rebuild_pdf(sent: bytes) -> bytes:
    """Make a new PDF of the pages alone."""
    reader = PdfReader(io.BytesIO(sent))
    if reader.is_encrypted:
        raise UploadEncryptedError
    for each in _dictionaries(reader.trailer):
        _refuse_active(each)
    if not 1 <= len(reader.pages) <= MAX_PAGES:
        raise UploadTooComplexError if len(reader.pages) else UploadBrokenError
    writer = PdfWriter()
    writer.metadata = None
    for page in reader.pages:
        writer.add_page(page, excluded_keys=("/Metadata", "/PieceInfo", "/AA"))
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _dictionaries(root: DictionaryObject) -> Iterator[DictionaryObject]:
    """Walk every dictionary that can be reached in a PDF, each once."""
    seen: set[tuple[int, int]] = set()
    waiting: list[Any] = [root]
    visited_count = 0
    while waiting:
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            if (item.idnum, item.generation) in seen:
                continue
            seen.add((item.idnum, item.generation))
            item = item.get_object()
        visited_count += 1
        if visited_count > MAX_PDF_OBJECTS * 10 or len(seen) > MAX_PDF_OBJECTS:
            raise UploadTooComplexError
        if isinstance(item, DictionaryObject):
            yield item
            waiting.extend(item.raw_get(key) for key in item)
        elif isinstance(item, ArrayObject):
            waiting.extend(list.__iter__(item))


def _refuse_active(item: DictionaryObject) -> None:
    is_action = item.get("/S") in PDF_FORBIDDEN_ACTIONS
    if is_action or item.get("/Type") == "/EmbeddedFile" or PDF_FORBIDDEN_KEYS & item.keys():
        raise UploadActiveError
