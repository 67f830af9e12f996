"""The virus scanner: ClamAV's daemon, where the setting CLAMAV_URL names one.

A file that it could not look at is not let in.
"""

import io
from urllib.parse import urlsplit

import structlog
from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings

from apps.common.uploads.errors import UploadInfectedError, UploadNotCheckedError

PORT = 3310
TIMEOUT_SECONDS = 30

logger = structlog.get_logger(__name__)


def check(sent: bytes) -> None:
    """Let a file pass that the scanner finds clean, or any where none is set.

    Raises:
        UploadInfectedError: it carries something that the scanner knows.
        UploadNotCheckedError: the scanner is out of reach, or did not look at all of it.
    """
    if not settings.CLAMAV_URL:
        return
    try:
        results = _daemon(settings.CLAMAV_URL).instream(io.BytesIO(sent))
    except (ClamdError, OSError, ValueError) as error:
        logger.error("upload_scanner_unreachable", why=str(error))  # noqa: TRY400 - no trace needed
        raise UploadNotCheckedError from error
    status, virus = next(iter(results.values()), ("ERROR", "no answer"))
    if status == "FOUND":
        logger.warning("upload_infected", virus=virus)
        raise UploadInfectedError(virus=virus)
    if status != "OK":
        logger.error("upload_scanner_failed", why=virus)
        raise UploadNotCheckedError


def _daemon(url: str) -> ClamdNetworkSocket | ClamdUnixSocket:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return ClamdUnixSocket(parts.path, timeout=TIMEOUT_SECONDS)
    return ClamdNetworkSocket(parts.hostname or "", parts.port or PORT, timeout=TIMEOUT_SECONDS)
