"""Asking for a piece of work on strangers' bytes; see the package's docstring.

The keeper is started at the first call of a process and ends with it. It is told nothing of the
environment: no address of a database, no key.
"""

import atexit
import json
import os
import socket
import struct
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from apps.common.confined.keeper import WALL_SECONDS

PROJECT_DIR = Path(__file__).resolve().parent.parent.parent.parent
LENGTH = struct.Struct(">I")
MAX_HEADER_BYTES = 64 * 1024
MAX_ANSWER_BYTES = 300 * 1024 * 1024  # a picture of the most pixels that compresses not at all


class WorkFailedError(Exception):
    """The work went on for too long, grew too large, or ended without an answer."""


class WorkUnavailableError(Exception):
    """No process can be started for it now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a task found out, and the bytes that it made."""

    found: dict[str, Any]
    content: bytes


class _Keeper:
    """The process that forks for each call, and the socket on which it is handed the calls."""

    def __init__(self) -> None:
        self.control, theirs = socket.socketpair()
        try:
            with theirs:
                self.process = subprocess.Popen(  # noqa: S603 - no shell, and the words are ours
                    [sys.executable, "-m", "apps.common.confined.keeper", str(theirs.fileno())],
                    cwd=PROJECT_DIR,
                    env={"PATH": os.defpath, "LANG": "C.UTF-8"},
                    stdin=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                )
        except OSError:
            self.control.close()
            raise

    def hand(self, channel: socket.socket) -> None:
        socket.send_fds(self.control, [b"."], [channel.fileno()])

    def close(self) -> None:
        self.control.close()
        self.process.wait()


_lock = threading.Lock()
_keeper: _Keeper | None = None


def call(task: str, content: bytes = b"", /, **arguments: Any) -> Answer:
    """Do a task of `confined.tasks` on `content`.

    Raises:
        WorkFailedError: it took too much time or memory, or failed in a way nobody foresaw.
        WorkUnavailableError: no process could be started.
    """
    with closing(_channel()) as channel:
        channel.settimeout(WALL_SECONDS + 5)
        seconds = settings.CONFINED_CPU_SECONDS
        request = json.dumps(
            {"task": task, "arguments": arguments, "cpu_seconds": seconds}
        ).encode()
        try:
            channel.sendall(LENGTH.pack(len(request)) + request)
            channel.sendall(content)
            channel.shutdown(socket.SHUT_WR)
            received = _received(channel)
        except OSError as error:
            raise WorkFailedError(task) from error
    return _answer(task, received)


def _channel() -> socket.socket:
    """Return the socket of a new call, whose other end the keeper holds."""
    ours, theirs = socket.socketpair()
    try:
        with theirs:
            _hand(theirs)
    except OSError as error:
        ours.close()
        raise WorkUnavailableError from error
    return ours


def _hand(channel: socket.socket) -> None:
    global _keeper  # noqa: PLW0603 - one keeper for the process
    with _lock:
        try:
            if _keeper is not None:
                _keeper.hand(channel)
                return
        except OSError:  # It was killed: another takes its place.
            close()
        _keeper = _Keeper()
        _keeper.hand(channel)


def _received(channel: socket.socket) -> bytes:
    parts, size = [], 0
    while part := channel.recv(1 << 20):
        size += len(part)
        if size > MAX_ANSWER_BYTES:
            raise OSError
        parts.append(part)
    return b"".join(parts)


def _answer(task: str, received: bytes) -> Answer:
    if len(received) < LENGTH.size:
        raise WorkFailedError(task)
    [length] = LENGTH.unpack_from(received)
    start = LENGTH.size + length
    if length > MAX_HEADER_BYTES or len(received) < start:
        raise WorkFailedError(task)
    found = json.loads(received[LENGTH.size : start])
    if found.get("failed"):
        raise WorkFailedError(task, found["failed"])
    return Answer(found=found, content=received[start:])


def close() -> None:
    """End the keeper; the next call starts another."""
    global _keeper  # noqa: PLW0603
    if _keeper is not None:
        _keeper.close()
        _keeper = None


def _forget() -> None:
    """After a fork: the keeper is the parent's, and so are its socket and its lock."""
    global _keeper, _lock
    if _keeper is not None:
        _keeper.control.close()
        _keeper.process.returncode = 0
    _keeper, _lock = None, threading.Lock()


atexit.register(close)
os.register_at_fork(after_in_child=_forget)
