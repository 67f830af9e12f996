"""The one door through which a stranger's file comes in."""

import hashlib
from dataclasses import dataclass
from typing import IO

import structlog
from django.conf import settings

from apps.common.confined import calls
from apps.common.confined.errors import WorkFailedError, WorkRaisedError, WorkUnavailableError
from apps.common.uploads import names, scanner
from apps.common.uploads.errors import (
    BY_CODE,
    UploadEmptyError,
    UploadNotCheckedError,
    UploadTooComplexError,
    UploadTooLargeError,
)
from apps.common.uploads.names import EXTENSIONS

MEGABYTE = 1024 * 1024

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """A file fit to be kept.

    Attributes:
        content: the cleaned bytes.
        content_type: one of `EXTENSIONS`.
        sha256: hexadecimal, of the bytes as they were sent, so that the same file is recognised.
        stored_sha256: hexadecimal, of `content`, so that a change of the stored file is found.
        page_count: 1 for an image.
        name: what the sender called it, fit to be shown; never a path.
    """

    content: bytes
    content_type: str
    sha256: str
    stored_sha256: str
    page_count: int
    name: str

    @property
    def extension(self) -> str:
        """The file name's ending that fits the content."""
        return EXTENSIONS[self.content_type]


def inspect(file: IO[bytes]) -> Upload:
    """Read a file that somebody sent, and return what is safe to keep of it.

    Raises:
        UploadEmptyError: nothing in it.
        UploadTooLargeError: more than the setting allows (10 MB).
        UploadTypeError: not a PDF, JPEG or PNG; a subclass where it is clear what it is instead.
        UploadBrokenError: cannot be opened.
        UploadEncryptedError: a PDF under a password.
        UploadActiveError: a PDF that runs, sends or carries something.
        UploadTooComplexError: too many pixels, pages or objects.
        UploadInfectedError: the virus scanner knows it.
        UploadNotCheckedError: the scanner, or the process that opens files, is out of reach.
        FilesBusyError: too many files are being opened.
    """
    sent = _read(file)
    scanner.check(sent)
    answer = _cleaned(sent)
    if refused := answer.found.get("refused"):
        raise BY_CODE[refused]
    content_type = answer.found["content_type"]
    return Upload(
        content=answer.content,
        content_type=content_type,
        sha256=hashlib.sha256(sent).hexdigest(),
        stored_sha256=hashlib.sha256(answer.content).hexdigest(),
        page_count=answer.found["page_count"],
        name=names.shown(getattr(file, "name", None), extension=EXTENSIONS[content_type]),
    )


def _cleaned(sent: bytes) -> calls.Answer:
    try:
        return calls.call("clean", sent)
    except (WorkUnavailableError, WorkRaisedError) as error:
        logger.exception("upload_not_opened", trace=getattr(error, "trace", ""))
        raise UploadNotCheckedError from error
    except WorkFailedError as error:
        raise UploadTooComplexError from error


def _read(file: IO[bytes]) -> bytes:
    most = settings.UPLOAD_MAX_MEGABYTES
    sent = file.read(most * MEGABYTE + 1)
    if not sent:
        raise UploadEmptyError
    if len(sent) > most * MEGABYTE:
        raise UploadTooLargeError(megabytes=most)
    return sent
