"""Asking for a piece of work on strangers' bytes; see the package's docstring.

The keeper is started at the first call of a process and ends with it. It is told nothing of the
environment: no address of a database, no key.
"""

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings

from apps.common.confined import slots
from apps.common.confined.errors import (
    FilesBusyError,
    WorkFailedError,
    WorkRaisedError,
    WorkUnavailableError,
)
from apps.common.confined.keeper import BEGUN, LENGTH, READY, WALL_SECONDS
from apps.common.confined.tasks import Task

PROJECT_DIR = Path(__file__).resolve().parent.parent.parent.parent
START_SECONDS = 60  # of loading the parsers; two are usual
MAX_HEADER_BYTES = 64 * 1024
MEGABYTE = 1024 * 1024

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a task found out, and the bytes that it made."""

    found: dict[str, Any]
    content: bytes


class _Keeper:
    """The process that forks for each call, and the socket on which it is handed the calls."""

    def __init__(self) -> None:
        self.control, theirs = socket.socketpair()
        paths = sorted({task.path for task in settings.CONFINED_TASKS.values()})
        words = [str(theirs.fileno()), *paths]
        try:
            with theirs:
                self.process = subprocess.Popen(  # noqa: S603 - no shell, and the words are ours
                    [sys.executable, "-m", "apps.common.confined.keeper", *words],
                    cwd=PROJECT_DIR,
                    env={"PATH": os.defpath, "LANG": "C.UTF-8"},
                    stdin=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                )
        except OSError:
            self.control.close()
            raise
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        self.control.settimeout(START_SECONDS)
        try:
            is_ready = self.control.recv(1) == READY
        except OSError:
            is_ready = False
        if not is_ready:
            self.process.kill()
            self.close()
            raise OSError("The process that opens files did not start.")
        self.control.settimeout(None)

    def hand(self, channel: socket.socket, place: int) -> None:
        socket.send_fds(self.control, [b"."], [channel.fileno(), place])

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def close(self) -> None:
        self.control.close()
        self.process.wait()


_lock = threading.Lock()
_keeper: _Keeper | None = None


def call(name: str, content: bytes = b"", /, **arguments: Any) -> Answer:
    """Do the task `name` of the setting CONFINED_TASKS on `content`.

    Raises:
        WorkFailedError: it took too much time or memory.
        WorkRaisedError: it failed in a way that the task did not foresee.
        WorkUnavailableError: no process could be started, or it ended before the work began.
        FilesBusyError: too many others are at it.
    """
    task: Task = settings.CONFINED_TASKS[name]
    request = json.dumps(
        {
            "path": task.path,
            "arguments": arguments,
            "cpu_seconds": task.cpu_seconds,
            "memory_bytes": task.memory_megabytes * MEGABYTE,
        }
    ).encode()
    with _channel(name) as (channel, keeper):
        channel.settimeout(WALL_SECONDS + 5)
        try:
            channel.sendall(LENGTH.pack(len(request)) + request)
            channel.sendall(content)
            channel.shutdown(socket.SHUT_WR)
            has_begun = channel.recv(1) == BEGUN
        except OSError as error:
            raise WorkUnavailableError(name) from error
        if not has_begun:
            raise WorkUnavailableError(name)
        try:
            return _answer(name, _received(channel, name, task.answer_megabytes * MEGABYTE))
        except WorkFailedError as error:
            if keeper.has_ended():  # and took its children along
                raise WorkUnavailableError(name) from error
            raise


@contextmanager
def _channel(name: str) -> Iterator[tuple[socket.socket, _Keeper]]:
    """Yield the socket of a new call, and the keeper that holds its other end and its place."""
    try:
        ours, theirs = socket.socketpair()
        with theirs:
            keeper = _handed_over(theirs, ours)
    except OSError as error:
        logger.exception("confined_process_not_started", task=name)
        raise WorkUnavailableError(name) from error
    with ours:
        yield ours, keeper


def _handed_over(theirs: socket.socket, ours: socket.socket) -> _Keeper:
    try:
        keeper = _started()  # takes a second, in which nobody's place is held
        with slots.taken() as place:
            try:
                keeper.hand(theirs, place)
            except OSError:  # It was killed: another takes its place.
                keeper = _started(instead_of=keeper)
                keeper.hand(theirs, place)
    except (OSError, FilesBusyError):
        ours.close()
        raise
    return keeper


def _started(*, instead_of: _Keeper | None = None) -> _Keeper:
    global _keeper  # noqa: PLW0603 - one keeper for the process
    with _lock:
        if _keeper is not None and _keeper is instead_of:
            _keeper.close()
            _keeper = None
        if _keeper is None:
            _keeper = _Keeper()
        return _keeper


def _received(channel: socket.socket, name: str, most: int) -> bytes:
    parts, size = [], 0
    try:
        while part := channel.recv(1 << 20):
            size += len(part)
            if size > most + MAX_HEADER_BYTES:
                raise WorkFailedError(name, "answer too large")
            parts.append(part)
    except OSError as error:
        raise WorkFailedError(name) from error
    return b"".join(parts)


def _answer(name: str, received: bytes) -> Answer:
    if len(received) < LENGTH.size:
        raise WorkFailedError(name, "ended without an answer")
    [length] = LENGTH.unpack_from(received)
    start = LENGTH.size + length
    if length > MAX_HEADER_BYTES or len(received) < start:
        raise WorkFailedError(name, "cut off")
    try:
        found = json.loads(received[LENGTH.size : start])
    except (ValueError, RecursionError) as error:
        raise WorkFailedError(name) from error
    if found.get("raised"):
        raise WorkRaisedError(name, str(found["raised"]), str(found.get("trace", "")))
    if len(received) - start != found.pop("made_bytes"):
        raise WorkFailedError(name, "cut off")
    return Answer(found=found, content=received[start:])


def close() -> None:
    """End the keeper; the next call starts another."""
    global _keeper
    with _lock:
        keeper, _keeper = _keeper, None
    if keeper is not None:
        keeper.close()


def _forget() -> None:
    """After a fork: the keeper is the parent's, and so are its socket and its lock."""
    global _keeper, _lock
    if _keeper is not None:
        _keeper.control.close()
        _keeper.process.returncode = 0
    _keeper, _lock = None, threading.Lock()
    slots.forget()


atexit.register(close)
os.register_at_fork(after_in_child=_forget)
