"""Pages as PNG images: drawn in a confined process when first looked at, and kept for a while.

What is kept can be drawn again at any time, so it lies on the local disk under PREVIEWS_ROOT and
not with the files. A stored file never changes, so its name is the key. `prune` keeps the whole
below a bound, the longest unseen going first.
"""

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import structlog
from django.conf import settings
from django.urls import reverse

from apps.common.confined import calls
from apps.common.confined.errors import FilesBusyError, WorkFailedError, WorkUnavailableError
from apps.common.files.kinds import KeptFile

WIDTH, HEIGHT = 1240, 1754  # pixels; A4 at 150 dpi, at which small print and seals can be read
MOST_BYTES = 1024 * 1024 * 1024

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """What `{% document_preview document %}` shows.

    Attributes:
        title: what it is.
        page_urls: an image for each page; none where it cannot be drawn.
        download_url: the file itself.
    """

    title: str
    page_urls: tuple[str, ...]
    download_url: str


def document_of(kept: KeptFile, *, kind: str, namespace: str) -> Document:
    """Return a file as pages show it, with addresses of the interface `namespace`."""
    try:
        count = page_count(kept)
    except (WorkFailedError, WorkUnavailableError, FilesBusyError, OSError):
        logger.exception("document_not_opened", name=kept.name)
        count = 0
    numbers = range(1, count + 1)
    pk = kept.row.pk
    return Document(
        title=kept.title,
        page_urls=tuple(reverse(f"{namespace}:file-page", args=[kind, pk, n]) for n in numbers),
        download_url=reverse(f"{namespace}:file-download", args=[kind, pk]),
    )


class PageMissingError(LookupError):
    """The file has no such page."""


def page_count(kept: KeptFile) -> int:
    """Return how many pages a file has; an image has one.

    Raises:
        WorkFailedError: it cannot be opened within the limits.
        WorkUnavailableError, FilesBusyError: not now.
        FileNotFoundError: the storage has lost it.
    """
    place = _place(kept) / "pages.json"
    known = _read(place)
    if known is None:
        answer = calls.call("count_pages", _content(kept), content_type=kept.content_type)
        known = json.dumps(answer.found["pages"]).encode()
        _keep(place, known)
    return int(json.loads(known))


def page(kept: KeptFile, number: int) -> bytes:
    """Return a page, the first being 1, as a PNG.

    Raises:
        PageMissingError: there is no such page.
        WorkFailedError: it cannot be drawn within the limits.
        WorkUnavailableError, FilesBusyError: not now.
        FileNotFoundError: the storage has lost the file.
    """
    if not 1 <= number <= page_count(kept):
        raise PageMissingError
    place = _place(kept) / f"{number}.png"
    png = _read(place)
    if png is None:
        answer = calls.call(
            "draw_page",
            _content(kept),
            content_type=kept.content_type,
            number=number,
            width=WIDTH,
            height=HEIGHT,
        )
        png = answer.content
        _keep(place, png)
    return png


def prune(*, most_bytes: int = MOST_BYTES) -> int:
    """Delete the pages that were unseen for longest until the rest fits; return how many."""
    places = [path for path in Path(settings.PREVIEWS_ROOT).glob("*/*/*") if path.is_file()]
    seen = sorted(((path.stat().st_mtime, path) for path in places), reverse=True)
    kept_bytes, deleted_count = 0, 0
    for _moment, path in seen:
        kept_bytes += path.stat().st_size
        if kept_bytes > most_bytes:
            path.unlink(missing_ok=True)
            deleted_count += 1
    return deleted_count


def _place(kept: KeptFile) -> Path:
    key = hashlib.sha256(kept.name.encode()).hexdigest()
    return Path(settings.PREVIEWS_ROOT) / key[:2] / key


def _content(kept: KeptFile) -> bytes:
    with kept.storage.open(kept.name, "rb") as file:
        content: bytes = file.read()
    return content


def _read(place: Path) -> bytes | None:
    try:
        os.utime(place)  # seen now
        return place.read_bytes()
    except FileNotFoundError:
        return None


def _keep(place: Path, content: bytes) -> None:
    """Write all or nothing: another process may read at this moment."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
        file.write(content)
    Path(file.name).replace(place)
