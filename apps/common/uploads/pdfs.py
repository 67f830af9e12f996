"""PDFs: looked through, refused where they do something, and rebuilt from what is seen of them.

What runs, sends or carries (scripts, attachments, forms that send, links into other files) is
refused, because nobody scans such a thing by accident. What merely points (web links, bookmarks,
what happens at opening) is left out: printing a web page to a PDF makes it. Filled-in fields,
stamps and seals stay as pictures of themselves.
"""

import io
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import pypdfium2
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from apps.common.uploads import jpegs
from apps.common.uploads.errors import (
    UploadActiveError,
    UploadBrokenError,
    UploadEncryptedError,
    UploadTooComplexError,
)

MAX_PAGES = 50
MAX_OBJECTS = 20_000  # a scanned page has about ten; this bounds the seconds spent looking
MAX_UNPACKED_BYTES = 400 * 1024 * 1024  # fifty scanned pages in colour at 300 dpi, half as JPEG
MAX_IMAGE_PIXELS = 50_000_000
SMALL_PIXELS = 300
TAIL_BYTES = 64 * 1024  # readers look for the end in the last kilobyte; scanners append more

FORBIDDEN_KEYS = frozenset(
    {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMedia", "/AF", "/Collection"}
)
FORBIDDEN_ACTIONS = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/GoToE",
        "/GoToR",
        "/Thread",
        "/Sound",
        "/Movie",
        "/Rendition",
        "/RichMediaExecute",
        "/GoTo3DView",
    }
)
FORBIDDEN_ANNOTATIONS = frozenset({"/FileAttachment", "/RichMedia", "/Screen", "/3D", "/Movie"})
PAGE_KEYS = frozenset(
    {"/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group"}
)
# Of a picture or form inside a page: who made it with what, other versions of it elsewhere.
STREAM_KEYS_DROPPED = ("/Metadata", "/PieceInfo", "/LastModified", "/OPI", "/Ref", "/Alternates")


def rebuilt(sent: bytes) -> tuple[bytes, int]:
    """Return a new PDF of the pages alone, and how many they are.

    Raises:
        UploadBrokenError: cut off, or without pages.
        UploadEncryptedError: under a password, also an empty one.
        UploadActiveError: it runs, sends or carries something.
        UploadTooComplexError: too many pages, objects, or bytes once unpacked.
    """
    if b"%%EOF" not in sent[-TAIL_BYTES:]:
        raise UploadBrokenError
    reader = PdfReader(io.BytesIO(sent))
    if reader.is_encrypted:
        raise UploadEncryptedError
    look_through(reader)
    page_count = len(reader.pages)
    if page_count == 0:
        raise UploadBrokenError
    if page_count > MAX_PAGES:
        raise UploadTooComplexError
    content = _written(reader)
    look_through(PdfReader(io.BytesIO(content)))
    _check_it_shows(content, page_count)
    return content, page_count


def look_through(reader: PdfReader) -> None:
    """Refuse a PDF in which anything that can be reached is active, or too large."""
    unpacked = 0
    for each in _dictionaries(reader.trailer):
        _refuse_active(each)
        if isinstance(each, StreamObject):
            unpacked += _unpacked_size(each, MAX_UNPACKED_BYTES - unpacked)


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
        if visited_count > MAX_OBJECTS * 10 or len(seen) > MAX_OBJECTS:
            raise UploadTooComplexError
        if isinstance(item, DictionaryObject):
            yield item
            waiting.extend(item.raw_get(key) for key in item)
        elif isinstance(item, ArrayObject):
            waiting.extend(list.__iter__(item))


def _refuse_active(item: DictionaryObject) -> None:
    is_action = item.get("/S") in FORBIDDEN_ACTIONS
    is_file = item.get("/Type") in {"/EmbeddedFile", "/Filespec"} or (
        isinstance(item, StreamObject) and "/F" in item  # its bytes are in another file
    )
    is_annotation = item.get("/Subtype") in FORBIDDEN_ANNOTATIONS and "/Rect" in item
    if is_action or is_file or is_annotation or FORBIDDEN_KEYS & item.keys():
        raise UploadActiveError


def _unpacked_size(stream: StreamObject, most: int) -> int:
    """Return how many bytes a stream unpacks to, and refuse one that goes beyond `most`."""
    width, height = (stream.get(key) for key in ("/Width", "/Height"))
    if isinstance(width, int) and isinstance(height, int) and width * height > MAX_IMAGE_PIXELS:
        raise UploadTooComplexError
    data: bytes = stream._data  # noqa: SLF001 - as it lies in the file
    for name in _filters(stream):
        if name in {"/FlateDecode", "/Fl"}:
            inflating = zlib.decompressobj()
            try:
                data = inflating.decompress(data, most + 1)
            except zlib.error:
                return 0  # pypdf or the reader repairs it, or shows nothing
        elif name in {"/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}:
            data = stream.get_data()  # pypdf holds to a bound of its own
        if len(data) > most:
            raise UploadTooComplexError
    return len(data)


def _filters(stream: StreamObject) -> list[str]:
    named = stream.get("/Filter")
    return [str(each) for each in named] if isinstance(named, ArrayObject) else [str(named)]


def _written(reader: PdfReader) -> bytes:
    writer = PdfWriter()
    writer.metadata = None
    for page in reader.pages:
        kept = writer.add_page(page, excluded_keys=sorted(page.keys() - PAGE_KEYS))
        seen = ArrayObject(_pictures_of_annotations(page, writer))
        if seen:
            kept[NameObject("/Annots")] = seen
    _clean_streams(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _pictures_of_annotations(page: PageObject, writer: PdfWriter) -> Iterable[IndirectObject]:
    """Keep of stamps, seals and filled-in fields what is seen of them, and nothing they do."""
    annotations = page.get("/Annots")
    for each in annotations.get_object() if annotations is not None else ():
        annotation = each.get_object()
        looks = _appearance(annotation) if isinstance(annotation, DictionaryObject) else None
        if looks is None or "/Rect" not in annotation:
            continue
        stamp = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Stamp"),
                NameObject("/Rect"): annotation["/Rect"].clone(writer),
                NameObject("/F"): NumberObject(_flags(annotation)),
                NameObject("/AP"): DictionaryObject({NameObject("/N"): looks.clone(writer)}),
            }
        )
        yield writer._add_object(stamp)  # noqa: SLF001 - pypdf names no other way


def _appearance(annotation: DictionaryObject) -> IndirectObject | None:
    """Return what is drawn for an annotation in its present state."""
    looks = annotation.get("/AP")
    normal = looks.get_object().raw_get("/N") if looks and "/N" in looks.get_object() else None
    states = normal.get_object() if normal is not None else None
    if isinstance(states, DictionaryObject) and not isinstance(states, StreamObject):
        state = annotation.get("/AS")
        normal = states.raw_get(state) if state in states else None
    is_drawn = isinstance(normal, IndirectObject) and isinstance(normal.get_object(), StreamObject)
    return normal if is_drawn else None


def _flags(annotation: DictionaryObject) -> int:
    """Keep whether it is hidden or printed, and let nobody move it."""
    flags = annotation.get("/F", 4)
    return (int(flags) if isinstance(flags, int) else 4) & 0b10_0110 | 0b1100_0000


def _clean_streams(writer: PdfWriter) -> None:
    """Drop what streams tell of their making, and pack those that could be read as text."""
    for position, item in enumerate(writer._objects):  # noqa: SLF001 - pypdf names no other way
        if not isinstance(item, StreamObject):
            continue
        for key in STREAM_KEYS_DROPPED:
            item.pop(key, None)
        if "/Filter" not in item:
            writer._objects[position] = item.flate_encode()  # noqa: SLF001
        elif _filters(item) == ["/DCTDecode"]:
            item._data = jpegs.without_metadata(item._data)  # noqa: SLF001


def _check_it_shows(content: bytes, page_count: int) -> None:
    """Draw every page in small, so that what never ends being drawn is not let in."""
    with pypdfium2.PdfDocument(content) as document:
        if len(document) != page_count:
            raise UploadBrokenError
        for page in document:
            page.render(scale=SMALL_PIXELS / max(page.get_width(), page.get_height())).close()
            page.close()
