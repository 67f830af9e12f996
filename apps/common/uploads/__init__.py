"""Uploaded papers: told by their content, opened, cleaned, or refused with what to do about it.

What comes out is safe to keep and to show: an image is decoded and encoded anew, a PDF is rebuilt
from its pages. So metadata, whatever was glued to the end, and documents hidden in documents do
not survive. A PDF that wants to do something (scripts, embedded files, forms that send) is refused.

    inspection.py  `inspect(file)`: size, scanner, then cleaning in a confined process
    errors.py      the refusals; each says what to do
    names.py       a stranger's file name as it may be shown
    scanner.py     the virus scanner, where one is set
    cleaning.py    what the confined process does: kinds.py, then images.py or pdfs.py
"""

from apps.common.uploads.errors import (
    SCAN,
    UploadActiveError,
    UploadArchiveError,
    UploadBrokenError,
    UploadDisguisedError,
    UploadEmptyError,
    UploadEncryptedError,
    UploadInfectedError,
    UploadNotCheckedError,
    UploadOfficeError,
    UploadOtherImageError,
    UploadProgramError,
    UploadTooComplexError,
    UploadTooLargeError,
    UploadTypeError,
    UploadWebPageError,
)
from apps.common.uploads.inspection import Upload, inspect
from apps.common.uploads.names import EXTENSIONS

__all__ = [
    "EXTENSIONS",
    "SCAN",
    "Upload",
    "UploadActiveError",
    "UploadArchiveError",
    "UploadBrokenError",
    "UploadDisguisedError",
    "UploadEmptyError",
    "UploadEncryptedError",
    "UploadInfectedError",
    "UploadNotCheckedError",
    "UploadOfficeError",
    "UploadOtherImageError",
    "UploadProgramError",
    "UploadTooComplexError",
    "UploadTooLargeError",
    "UploadTypeError",
    "UploadWebPageError",
    "inspect",
]
