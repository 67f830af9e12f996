"""Places for confined processes: so many at once on a machine, whichever process asks.

A place is a locked file. The lock belongs to the open file, which is handed on to the confined
process: the kernel frees the place when that process has ended, however it and whoever asked for
it came to their end.
"""

import contextlib
import fcntl
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from apps.common.confined.errors import FilesBusyError

PAUSE_SECONDS = 0.02


class _Queue:
    """Counts who waits in this process, so that its other requests keep threads to run on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        with self._lock:
            if self._count >= settings.CONFINED_WAITING:
                raise FilesBusyError
            self._count += 1
        try:
            yield
        finally:
            with self._lock:
                self._count -= 1


_queue = _Queue()


@contextlib.contextmanager
def taken() -> Iterator[int]:
    """Wait for a place and hold it; yield the descriptor that keeps it, for handing on.

    Raises:
        FilesBusyError: too many wait in this process, or no place came free in time.
        OSError: the places cannot be opened.
    """
    descriptor = _free()
    if descriptor is None:
        with _queue.entered():
            descriptor = _waited_for()
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _waited_for() -> int:
    until = time.monotonic() + settings.CONFINED_WAIT_SECONDS
    while time.monotonic() < until:
        time.sleep(PAUSE_SECONDS)
        descriptor = _free()
        if descriptor is not None:
            return descriptor
    raise FilesBusyError


def _free() -> int | None:
    """Lock a place that nobody holds, if there is one."""
    root = Path(settings.CONFINED_ROOT)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    for number in range(settings.CONFINED_PROCESSES):
        descriptor = os.open(root / f"place-{number}", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
        except OSError:
            os.close(descriptor)
            raise
        else:
            return descriptor
    return None


def forget() -> None:
    """After a fork: nobody waits in the child."""
    global _queue  # noqa: PLW0603 - one queue for the process
    _queue = _Queue()
