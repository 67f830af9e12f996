"""Hostile and broken uploads, by what is to become of them.

`REFUSED` names the code of the refusal. `DEFUSED` names what must not be left of them. What takes
a while to write is a function, called by the test that needs it.
"""

import io
import zipfile

from PIL import Image
from pypdf.generic import NameObject, TextStringObject

from tests.common.uploads import images, pdfs
from tests.common.uploads.images import JPEG, PNG, chunk, png_of, saved
from tests.common.uploads.pdfs import MARK, PDF, action, dictionary

WEB, OFFICE, IMAGE = "upload_web_page", "upload_office_document", "upload_other_image"
ARCHIVE, PROGRAM, TYPE = "upload_archive", "upload_program", "upload_type_not_allowed"
BROKEN, COMPLEX = "upload_broken", "upload_too_complex"
ACTIVE, ENCRYPTED, DISGUISED = "upload_active_content", "upload_encrypted", "upload_disguised"
HTML = b"<!DOCTYPE html><html><script>evil()</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="evil()"/>'
URL = TextStringObject(f"https://{MARK}/")
OTHER_FILE = dictionary(Type=NameObject("/Filespec"), F=TextStringObject("other.pdf"))


def zipped(*names):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, HTML)
    return target.getvalue()


def other_image(kind):
    return saved(Image.new("RGB", (20, 20)), kind)


def made(sent):
    return sent() if callable(sent) else sent


ZIP = zipped("evil.html")

_OTHER_TYPES = {
    "text": (b"hello, I am a licence", TYPE),
    "one null byte": (b"\0", TYPE),
    "javascript": (b"alert(document.cookie)", TYPE),
    "postscript": (b"%!PS-Adobe-3.0\n(evil) show", TYPE),
    "html": (HTML, WEB),
    "html in utf-16": ("\ufeff<html><script>".encode("utf-16-le"), WEB),
    "html after blanks and a mark": (b"\xef\xbb\xbf \r\n<HTML onload=evil()>", WEB),
    "svg": (SVG, WEB),
    "svg after an xml declaration": (b'<?xml version="1.0"?>' + SVG, WEB),
    "xml with entities": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>', WEB),
    "php": (b"<?php system($_GET[0]);", WEB),
    "docx": (zipped("[Content_Types].xml", "word/document.xml"), OFFICE),
    "xlsx with macros": (zipped("[Content_Types].xml", "xl/vbaProject.bin"), OFFICE),
    "doc": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, OFFICE),
    "rtf": (b"{\\rtf1 hello}", OFFICE),
    "zip": (ZIP, ARCHIVE),
    "rar": (b"Rar!\x1a\x07\x01\x00" + b"\0" * 50, ARCHIVE),
    "7z": (b"7z\xbc\xaf\x27\x1c" + b"\0" * 50, ARCHIVE),
    "gzip": (b"\x1f\x8b\x08" + b"\0" * 50, ARCHIVE),
    "windows program": (b"MZ" + b"\0" * 400, PROGRAM),
    "linux program": (b"\x7fELF\x02\x01\x01" + b"\0" * 400, PROGRAM),
    "shell script": (b"#!/bin/sh\nrm -rf /\n", PROGRAM),
    "java class": (b"\xca\xfe\xba\xbe\0\0\0\x34" + b"\0" * 60, PROGRAM),
    "gif": (other_image("GIF"), IMAGE),
    "gif and html": (other_image("GIF") + HTML, IMAGE),
    "gif and javascript": (b"GIF89a=1/*" + b"\0" * 40 + b"*/;evil()", IMAGE),
    "tiff": (other_image("TIFF"), IMAGE),
    "bmp": (other_image("BMP"), IMAGE),
    "webp": (other_image("WEBP"), IMAGE),
    "avif": (other_image("AVIF"), IMAGE),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 60, IMAGE),
}
_BROKEN_ONES = {
    "empty": (b"", "upload_empty"),
    "too large": (PDF + b" " * 10 * 1024 * 1024, "upload_too_large"),
    "png cut off": (PNG[:60], BROKEN),
    "png without its end": (PNG[: -len(chunk(b"IEND", b""))], BROKEN),
    "png signature alone": (b"\x89PNG\r\n\x1a\n", BROKEN),
    "png with a wrong check sum": (images.with_wrong_check_sum(), BROKEN),
    "png with broken pixels": (images.with_broken_pixels(), BROKEN),
    "png whose chunk claims 4 GB": (PNG[:8] + b"\xff\xff\xff\xffIHDR" + PNG[16:], BROKEN),
    "png of no width": (png_of(0, 1), BROKEN),
    "jpeg cut off": (JPEG[:300], BROKEN),
    "jpeg signature and html": (b"\xff\xd8\xff\xe0" + HTML, BROKEN),
    "pdf signature alone": (b"%PDF-1.7\n", BROKEN),
    "pdf signature and html": (b"%PDF-1.7\n" + HTML, BROKEN),
    "pdf cut off": (PDF[: len(PDF) * 2 // 3], BROKEN),
    "pdf cut off in the middle of many pages": (pdfs.linearised_and_cut(), BROKEN),
    "pdf without pages": (pdfs.written(pdfs.PdfWriter()), BROKEN),
    "pdf of brackets in brackets": (pdfs.nested_arrays, BROKEN),
    "pdf whose pages go in a circle": (pdfs.pages_in_a_circle, BROKEN),
    "pdf of null bytes": (b"%PDF-1.7\n" + b"\0" * 5000 + b"\n%%EOF", BROKEN),
}
_BOMBS = {
    "png of 3.6 billion pixels": (png_of(60_000, 60_000), COMPLEX),
    "png just over the bound": (png_of(10_000, 5_001), COMPLEX),
    "pdf of too many pages": (lambda: pdfs.written(pdfs.blank_writer(51)), COMPLEX),
    "pdf with a picture of 3.6 billion pixels": (pdfs.image_bomb, COMPLEX),
    "pdf with content packed twice": (pdfs.content_bomb, COMPLEX),
    "pdf of too many objects": (pdfs.object_bomb, COMPLEX),
}
_SECRETIVE = {
    "pdf under a password": (pdfs.encrypted("secret"), ENCRYPTED),
    "pdf encrypted with no password": (pdfs.encrypted(""), ENCRYPTED),
    "pdf under an old cipher": (pdfs.encrypted("secret", "RC4-128"), ENCRYPTED),
    "html before a pdf": (HTML + PDF, DISGUISED),
    "blank lines before a pdf": (b"\n\n" + PDF, DISGUISED),
    "gif before a pdf": (b"GIF89a" + PDF, DISGUISED),
    "zip before a pdf": (b"PK\x03\x04" + PDF, DISGUISED),
}
_ACTIVE_PDFS = {
    "script at opening": pdfs.at_opening(pdfs.SCRIPT),
    "script under escaped names": pdfs.with_escaped_names(),
    "script in an object stream": pdfs.script_in_object_stream(),
    "script of a page": pdfs.on_the_page(pdfs.SCRIPT),
    "script of a link": pdfs.linked(pdfs.SCRIPT),
    "script after another action": pdfs.linked(action("GoTo", Next=pdfs.SCRIPT)),
    "script by name": pdfs.in_the_catalogue("Names", dictionary(JavaScript=dictionary())),
    "launches a program": pdfs.linked(action("Launch", F=TextStringObject("cmd.exe"))),
    "submits a form": pdfs.linked(action("SubmitForm", F=URL)),
    "imports data": pdfs.linked(action("ImportData", F=OTHER_FILE)),
    "goes to another file": pdfs.linked(action("GoToR", F=OTHER_FILE)),
    "goes to an embedded file": pdfs.linked(action("GoToE", F=OTHER_FILE)),
    "plays a film": pdfs.at_opening(action("Movie")),
    "plays a rendition": pdfs.at_opening(action("Rendition")),
    "carries an attachment": pdfs.attached(),
    "carries an attachment on the page": pdfs.attached_to_the_page(),
    "carries rich media": pdfs.annotated(Subtype=NameObject("/RichMedia")),
    "carries a 3d scene": pdfs.annotated(Subtype=NameObject("/3D")),
    "is a portfolio": pdfs.in_the_catalogue("Collection", dictionary()),
    "has an xfa form": pdfs.with_xfa(),
    "fetches bytes of another file": pdfs.with_file_elsewhere(),
}
REFUSED = {
    **_OTHER_TYPES,
    **_BROKEN_ONES,
    **_BOMBS,
    **_SECRETIVE,
    **{f"pdf that {name}": (sent, ACTIVE) for name, sent in _ACTIVE_PDFS.items()},
}

EVIL = images.SCRIPT
DEFUSED = {
    "png and a script": (PNG + EVIL, EVIL),
    "png and a zip": (PNG + ZIP, b"PK\x03\x04"),
    "jpeg and a script": (JPEG + EVIL, EVIL),
    "jpeg and a zip": (JPEG + ZIP, b"PK\x03\x04"),
    "pdf and a zip": (PDF + ZIP, b"PK\x03\x04"),
    "pdf and html": (PDF + HTML, b"<html>"),
    "jpeg with a script for a comment": (images.jpeg_with_comment(EVIL), EVIL),
    "png with a script in a text": (png_of(1, 1, chunk(b"tEXt", b"a\0" + EVIL)), EVIL),
    "png with a script in a chunk of its own": (png_of(1, 1, chunk(b"teSt", EVIL)), EVIL),
    "png with a bomb in a text": (images.text_bomb, b"zTXt"),
    "png with a bomb in a profile": (images.profile_bomb, b"iCCP"),
    "png with a bomb in its pixels": (images.pixel_bomb, b"\0" * 100),
    "png that moves": (images.animated(), b"acTL"),
    "two photos in one": (images.two_photos_in_one(), b"MPF\0"),
    "jpeg that knows where it was taken": (images.with_exif("JPEG"), b"Exif"),
    "png that knows where it was taken": (images.with_exif("PNG"), b"taken at home"),
    "png with xmp": (images.png_with_xmp(), b"xmpmeta"),
    "pdf with an author, bookmarks and xmp": (pdfs.with_author(), MARK.encode()),
    "pdf with a web link": (pdfs.linked(action("URI", URI=URL)), MARK.encode()),
    "pdf that opens a web page": (pdfs.at_opening(action("URI", URI=URL)), MARK.encode()),
    "pdf with a filled-in field": (pdfs.with_filled_field(), MARK.encode()),
    "pdf with an earlier revision": (pdfs.with_earlier_revision(), MARK.encode()),
    "pdf with html in its content": (pdfs.with_words(b"% " + HTML), b"<html>"),
    "pdf with a photo that knows too much": (
        pdfs.with_photo(images.with_exif("JPEG") + EVIL),
        b"taken at home",
    ),
    "pdf with a form that is nobody's": (pdfs.needs_appearances(), b"AcroForm"),
}
STRANGE_NAMES = {
    "null byte": "licence.pdf\0.html",
    "path": "../../../etc/cron.d/evil.pdf",
    "windows path": "..\\..\\windows\\evil.pdf",
    "three hundred characters": "执" * 300 + ".pdf",
    "turned reading direction": "licence\u202efdp.exe",
    "markup": "<img src=x onerror=evil()>.pdf",
    "line break": "a.pdf\r\nContent-Type: text/html",
    "dots alone": "...",
    "empty": "",
    "wrong ending": "licence.html",
}
