"""The body of one request, and the application around which such bodies are put."""

import threading
import time
from collections.abc import Callable, Hashable, Iterable
from typing import Any, Final

from apps.common.incoming.seats import IncompleteError, Seats

# Of the 16 threads of a process: strangers hold a quarter with their bodies, known senders half,
# one of them a quarter, and two take unwanted bodies off the line. So there are always some for
# requests that are complete.
STRANGERS: Final = Seats(most=4, each=4, seconds=0.25)
KNOWN: Final = Seats(most=8, each=4, seconds=2)
_UNWANTED: Final = threading.BoundedSemaphore(2)

BESIDE_THE_FILE = 1024 * 1024  # of fields, names and boundaries; ample for any valid form
# A client that is told "no" while it sends a body larger than the buffers between us and it may
# never read that if the line is cut; the server itself sees to those that are smaller.
LEAST_UNWANTED, MOST_UNWANTED = 64 * 1024, 16 * 1024 * 1024
UNWANTED_SECONDS = 10

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class Body:
    """What Django reads as `wsgi.input`.

    Attributes:
        seats: with how many others it may be waited for, and as whose.
        is_incomplete: it did not come; what was read of it is not the whole.
    """

    def __init__(self, stream: Any, *, length: int | None, is_expected: bool) -> None:
        self.seats = STRANGERS
        self.who: Hashable = None
        self.is_incomplete = False
        self._stream = stream
        self._left = length  # None for a body in chunks until its end is seen.
        self._is_expected = is_expected
        self._is_begun = False

    def trust(self, who: Hashable) -> None:
        """Wait for it as for one of a known sender."""
        self.seats, self.who = KNOWN, who

    def read(self, size: int = -1) -> bytes:
        """Read so many bytes, or all.

        Raises:
            IncompleteError: the body did not come, or cannot be waited for.
        """
        self._is_begun = True
        try:
            self.seats.take(self.who)
            try:
                return self._piece(size)
            finally:
                self.seats.leave(self.who)
        except OSError:
            self.is_incomplete = True
            raise

    def readline(self, size: int = -1) -> bytes:
        """Read up to the end of a line, or so many bytes; nothing of Django's asks for it often."""
        line = bytearray()
        while (size < 0 or len(line) < size) and (byte := self.read(1)):
            line += byte
            if byte == b"\n":
                break
        return bytes(line)

    def finish(self) -> bool:
        """Take what nobody read off the line; tell whether the connection can go on."""
        left = MOST_UNWANTED if self._left is None else self._left
        if left <= LEAST_UNWANTED:
            return not self.is_incomplete
        if self.is_incomplete or (self._is_expected and not self._is_begun):
            return False  # Whoever asks first, sends nothing after a refusal.
        if left > MOST_UNWANTED or not _UNWANTED.acquire(blocking=False):
            return False
        try:
            return self._take_off()
        except OSError:
            return False
        finally:
            _UNWANTED.release()

    def _take_off(self) -> bool:
        until, most = time.monotonic() + UNWANTED_SECONDS, MOST_UNWANTED
        while most > 0 and time.monotonic() < until and (piece := self._piece(64 * 1024)):
            most -= len(piece)
        return self._left == 0

    def _piece(self, size: int) -> bytes:
        left = MOST_UNWANTED if self._left is None else self._left
        wanted = left if size < 0 else min(size, left)
        piece: bytes = self._stream.read(wanted) if wanted else b""
        if self._left is not None:
            self._left -= len(piece)
        if len(piece) < wanted:
            if self._left:
                raise IncompleteError("The connection ended within the body.")
            self._left = 0
        return piece


def trust(environ: Environ, who: Hashable) -> None:
    """Wait for this body as for one whose sender is known."""
    if isinstance(body := environ["wsgi.input"], Body):
        body.trust(who)


def is_incomplete(environ: Environ) -> bool:
    """Tell whether the body was asked for and did not come."""
    return isinstance(body := environ["wsgi.input"], Body) and body.is_incomplete


def bounded(application: Application) -> Application:
    """Return the application, with bounds on how its requests' bodies come in."""

    def answer(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        is_chunked = "HTTP_TRANSFER_ENCODING" in environ
        if not is_chunked and environ.get("CONTENT_LENGTH") in {None, "", "0"}:
            return application(environ, start_response)
        body = environ["wsgi.input"] = Body(
            environ["wsgi.input"],
            length=None if is_chunked else int(environ["CONTENT_LENGTH"]),  # Granian looked.
            is_expected=environ.get("HTTP_EXPECT", "").lower() == "100-continue",
        )
        told: list[Any] = []
        pieces = application(environ, lambda *words: told.extend(words))
        status, headers, *more = told
        if not body.finish():
            headers = [*headers, ("Connection", "close")]
        start_response(status, headers, *more)
        return pieces

    return answer
