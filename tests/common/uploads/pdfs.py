"""PDFs that do what no scan does, written with pypdf."""

import io
import re
import zlib

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ContentStream,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from tests.common.uploads import images

MARK = "evil.example"


def name(text):
    return NameObject(f"/{text}")


def dictionary(**entries):
    return DictionaryObject({name(key): value for key, value in entries.items()})


def written(writer):
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def blank_writer(pages=1):
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(595, 842)
    return writer


def action(kind, **entries):
    return dictionary(S=name(kind), **entries)


SCRIPT = action("JavaScript", JS=TextStringObject(f"app.launchURL('{MARK}')"))


def at_opening(item):
    """Do something when the document is opened."""
    writer = blank_writer()
    writer.root_object[name("OpenAction")] = writer._add_object(item)
    return written(writer)


def on_the_page(item):
    """Do something when the first page is shown."""
    writer = blank_writer()
    writer.pages[0][name("AA")] = dictionary(O=writer._add_object(item))
    return written(writer)


def annotated(**entries):
    """Put an annotation on the page."""
    writer = blank_writer()
    box = ArrayObject(NumberObject(each) for each in (10, 10, 100, 100))
    note = dictionary(Type=name("Annot"), Rect=box, **entries)
    writer.pages[0][name("Annots")] = ArrayObject([writer._add_object(note)])
    return written(writer)


def linked(item):
    return annotated(Subtype=name("Link"), A=item)


def in_the_catalogue(key, item):
    writer = blank_writer()
    writer.root_object[name(key)] = writer._add_object(item)
    return written(writer)


def attached():
    writer = blank_writer()
    writer.add_attachment("virus.exe", b"MZ" + MARK.encode())
    return written(writer)


def attached_to_the_page():
    return annotated(
        Subtype=name("FileAttachment"),
        FS=dictionary(Type=name("Filespec"), F=TextStringObject("x")),
    )


def with_xfa():
    stream = DecodedStreamObject()
    stream.set_data(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
    writer = blank_writer()
    form = dictionary(XFA=writer._add_object(stream), Fields=ArrayObject())
    writer.root_object[name("AcroForm")] = form
    return written(writer)


def with_filled_field():
    """A field that somebody filled in, with what is drawn for it."""
    writer = blank_writer()
    looks = DecodedStreamObject()
    looks.update(
        dictionary(
            Type=name("XObject"),
            Subtype=name("Form"),
            BBox=ArrayObject(NumberObject(each) for each in (0, 0, 90, 90)),
        )
    )
    looks.set_data(b"1 0 0 rg 0 0 90 90 re f")
    field = dictionary(
        Type=name("Annot"),
        Subtype=name("Widget"),
        FT=name("Tx"),
        T=TextStringObject(MARK),
        Rect=ArrayObject(NumberObject(each) for each in (10, 10, 100, 100)),
        AP=dictionary(N=writer._add_object(looks)),
        A=action("URI", URI=TextStringObject(f"https://{MARK}/")),
    )
    reference = writer._add_object(field)
    writer.pages[0][name("Annots")] = ArrayObject([reference])
    writer.root_object[name("AcroForm")] = dictionary(Fields=ArrayObject([reference]))
    return written(writer)


def with_escaped_names():
    return at_opening(SCRIPT).replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4aS")


def script_in_object_stream():
    """Hide the script where a search of the bytes does not find it."""
    plain = at_opening(SCRIPT)
    number = int(re.search(rb"/OpenAction (\d+) 0 R", plain)[1])
    body = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
    inner = f"{number} 0 ".encode() + body
    packed = zlib.compress(inner)
    first = len(f"{number} 0 ")
    objects = {}
    reader = PdfReader(io.BytesIO(plain))
    for each in range(1, len(reader.xref[0]) + 1):
        if each != number:
            start = plain.index(f"\n{each} 0 obj".encode()) + 1
            objects[each] = plain[start : plain.index(b"endobj", start) + 7]
    return _with_cross_reference_stream(objects, number, packed, first, reader)


def _with_cross_reference_stream(objects, number, packed, first, reader):
    out = bytearray(b"%PDF-1.7\n")
    holder, table = len(objects) + 2, len(objects) + 3
    rows = {0: (0, 0, 65535), number: (2, holder, 0)}
    for each, body in objects.items():
        rows[each] = (1, len(out), 0)
        out += body + b"\n"
    rows[holder] = (1, len(out), 0)
    out += (
        f"{holder} 0 obj\n<< /Type /ObjStm /N 1 /First {first} /Length {len(packed)} "
        f"/Filter /FlateDecode >>\nstream\n".encode()
        + packed
        + b"\nendstream\nendobj\n"
    )
    rows[table] = (1, len(out), 0)
    start = len(out)
    entries = b"".join(
        bytes([kind]) + where.to_bytes(4, "big") + last.to_bytes(2, "big")
        for _each, (kind, where, last) in sorted(rows.items())
    )
    root = reader.trailer.raw_get("/Root").idnum
    out += (
        f"{table} 0 obj\n<< /Type /XRef /Size {table + 1} /W [1 4 2] /Root {root} 0 R "
        f"/Length {len(entries)} >>\nstream\n".encode()
        + entries
        + b"\nendstream\nendobj\n"
    )
    return bytes(out + f"startxref\n{start}\n%%EOF\n".encode())


def encrypted(password, algorithm="AES-256"):
    writer = blank_writer()
    writer.encrypt(password, algorithm=algorithm)
    return written(writer)


def packed_stream(unpacked):
    stream = EncodedStreamObject()
    stream._data = zlib.compress(unpacked, 9)
    stream[name("Filter")] = name("FlateDecode")
    return stream


def with_content(stream):
    writer = blank_writer()
    writer.pages[0][name("Contents")] = writer._add_object(stream)
    return written(writer)


def content_bomb(megabytes=512):
    """Half a gigabyte of blanks, packed twice into a few kilobytes."""
    packer = zlib.compressobj(9)
    first, again = (
        packer.compress(b" " * 1024 * 1024) + packer.flush(zlib.Z_FULL_FLUSH) for _each in range(2)
    )
    stream = packed_stream(first + again * (megabytes - 1))
    stream[name("Filter")] = ArrayObject([name("FlateDecode")] * 2)
    return with_content(stream)


def image_bomb():
    stream = packed_stream(b"\0" * 1000)
    size = NumberObject(60_000)
    stream.update(
        dictionary(
            Type=name("XObject"),
            Subtype=name("Image"),
            Width=size,
            Height=size,
            BitsPerComponent=NumberObject(8),
            ColorSpace=name("DeviceGray"),
        )
    )
    writer = blank_writer()
    resources = dictionary(XObject=dictionary(Im0=writer._add_object(stream)))
    writer.pages[0][name("Resources")] = resources
    return written(writer)


def object_bomb(count=30_000):
    writer = blank_writer()
    many = ArrayObject(writer._add_object(dictionary()) for _each in range(count))
    writer.root_object[name("Many")] = writer._add_object(many)
    return written(writer)


def nested_arrays(depth=100_000):
    plain = written(blank_writer())
    return plain.replace(b"/MediaBox [", b"/X " + b"[" * depth + b"]" * depth + b"\n/MediaBox [", 1)


def pages_in_a_circle():
    writer = blank_writer()
    tree = writer.root_object["/Pages"]
    tree[name("Kids")].append(writer.root_object.raw_get("/Pages"))
    return written(writer)


def with_file_elsewhere():
    """A picture whose bytes are to be fetched from another file."""
    stream = DecodedStreamObject()
    stream.set_data(b"")
    stream[name("F")] = TextStringObject("/etc/passwd")
    return with_content(stream)


def with_words(text):
    """A page with a plain, unpacked stream of content."""
    stream = ContentStream(None, None)
    stream.set_data(text)
    return with_content(stream)


def with_photo(jpeg):
    """A scan as scanners make it: a page that is one JPEG."""
    stream = EncodedStreamObject()
    stream._data = jpeg
    stream.update(
        dictionary(
            Type=name("XObject"),
            Subtype=name("Image"),
            Width=NumberObject(60),
            Height=NumberObject(40),
            BitsPerComponent=NumberObject(8),
            ColorSpace=name("DeviceRGB"),
            Filter=name("DCTDecode"),
        )
    )
    content = DecodedStreamObject()
    content.set_data(b"600 0 0 842 0 0 cm /Im0 Do")
    writer = blank_writer()
    page = writer.pages[0]
    page[name("Resources")] = dictionary(XObject=dictionary(Im0=writer._add_object(stream)))
    page[name("Contents")] = writer._add_object(content)
    return written(writer)


def never_drawn(depth=12, times=12):
    """Forms that draw forms that draw forms: few bytes, and more work than anybody has time for."""
    writer = blank_writer()
    inner = DecodedStreamObject()
    inner.set_data(b"0 0 600 800 re f")
    for _each in range(depth):
        inner.update(form_entries())
        outer = DecodedStreamObject()
        outer[name("Resources")] = dictionary(XObject=dictionary(F=writer._add_object(inner)))
        outer.set_data(b"/F Do " * times)
        inner = outer
    page = writer.pages[0]
    page[name("Resources")] = inner["/Resources"]
    page[name("Contents")] = writer._add_object(inner)
    return written(writer)


def form_entries():
    box = ArrayObject(NumberObject(each) for each in (0, 0, 600, 850))
    return dictionary(Type=name("XObject"), Subtype=name("Form"), BBox=box)


def with_author():
    writer = with_bookmark_writer()
    writer.add_metadata({"/Author": f"Zhao Min {MARK}"})
    stream = DecodedStreamObject()
    stream.set_data(f"<x:xmpmeta>{MARK}</x:xmpmeta>".encode())
    writer.root_object[name("Metadata")] = writer._add_object(stream)
    writer.pages[0][name("Metadata")] = writer._add_object(stream)
    return written(writer)


def with_bookmark_writer():
    writer = blank_writer()
    writer.add_outline_item(title=f"https://{MARK}", page_number=0)
    return writer


def with_earlier_revision():
    """Overwrite a page that held something; the old one is still in the file."""
    first = with_words(f"% {MARK}".encode())
    writer = PdfWriter(io.BytesIO(first), incremental=True)
    stream = DecodedStreamObject()
    stream.set_data(b"")
    writer.pages[0][name("Contents")] = writer._add_object(stream)
    return written(writer)


def linearised_and_cut():
    """The first half of a long file, which has an end mark in its first kilobytes."""
    plain = written(blank_writer(40))
    return plain[: len(plain) // 2]


def needs_appearances():
    writer = blank_writer()
    writer.root_object[name("AcroForm")] = dictionary(NeedAppearances=BooleanObject(True))
    return written(writer)


PDF = written(blank_writer())
SCANNED = with_photo(images.JPEG)
