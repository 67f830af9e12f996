"""What a file is by its first bytes. Its name and the type that a browser states are not asked."""

import puremagic

from apps.common.uploads.errors import (
    UploadArchiveError,
    UploadDisguisedError,
    UploadOfficeError,
    UploadOtherImageError,
    UploadProgramError,
    UploadTypeError,
    UploadWebPageError,
)

SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
PDF_HEADER_WITHIN = 1024  # readers look for the header as far as here (ISO 32000-1 annex H)
PROGRAMS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<?php", b"<script", b"<body", b"<head")
WORD_OR_ZIP = b"PK\x03\x04"
OFFICE_PARTS = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis", b"word/", b"xl/", b"ppt/")
OFFICE = ("application/msword", "application/vnd.ms", "application/vnd.openxml", "application/rtf")
ARCHIVES = ("rar", "7z", "zip", "gzip", "bzip", "tar", "x-xz", "zstd")


def content_type_of(sent: bytes) -> str:
    """Return the content type, one of `names.EXTENSIONS`.

    Raises:
        UploadTypeError: it is something else; a subclass where it is clear what.
    """
    for signature, content_type in SIGNATURES.items():
        if sent.startswith(signature):
            return content_type
    raise _refusal(sent)


def _refusal(sent: bytes) -> UploadTypeError:
    head = sent[:PDF_HEADER_WITHIN]
    if b"%PDF-" in head:
        return UploadDisguisedError()
    if head.startswith(PROGRAMS):
        return UploadProgramError()
    # Also in UTF-16, which browsers read.
    if head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower().startswith(MARKUP):
        return UploadWebPageError()
    if head.startswith(WORD_OR_ZIP):
        is_office = any(part in sent for part in OFFICE_PARTS)
        return UploadOfficeError() if is_office else UploadArchiveError()
    return _refusal_by_name(_guessed(sent))


def _guessed(sent: bytes) -> str:
    try:
        return puremagic.from_string(sent, mime=True)
    except Exception:  # noqa: BLE001 - it looks into hostile bytes, and only names what they are
        return ""


def _refusal_by_name(guessed: str) -> UploadTypeError:
    if guessed.startswith("image/"):
        return UploadOtherImageError()
    if guessed.startswith(OFFICE):
        return UploadOfficeError()
    if any(word in guessed for word in ARCHIVES):
        return UploadArchiveError()
    return UploadTypeError()
