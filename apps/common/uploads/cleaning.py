"""What the confined process does with a stranger's file; nothing here runs in the web server."""

from typing import Any

from pypdf.errors import LimitReachedError

from apps.common.errors import DomainError
from apps.common.uploads import images, kinds, pdfs
from apps.common.uploads.errors import UploadBrokenError, UploadTooComplexError


def clean(sent: bytes) -> tuple[dict[str, Any], bytes]:
    """Return what a file is and what is safe to keep of it, or the code of its refusal."""
    try:
        content_type = kinds.content_type_of(sent)
        content, page_count = _cleaned(sent, content_type)
    except DomainError as error:
        return {"refused": error.code}, b""
    return {"content_type": content_type, "page_count": page_count}, content


def _cleaned(sent: bytes, content_type: str) -> tuple[bytes, int]:
    try:
        if content_type == "application/pdf":
            return pdfs.rebuilt(sent)
        return images.encoded_anew(sent, content_type), 1
    except DomainError:
        raise
    except (MemoryError, RecursionError, LimitReachedError) as error:
        raise UploadTooComplexError from error
    except Exception as error:  # Parsers of hostile bytes raise anything.
        raise UploadBrokenError from error
