"""The process that forks for each piece of work: `python -m apps.common.confined.keeper FD PATH…`.

It has the parsers loaded, one thread and nothing to lose. Each call comes as a socket over the
control socket FD, with the place that it holds (`slots`); a child of its own reads the request
there, works within its limits, answers and ends. The keeper itself ends when the process that
started it does.

The keeper writes one byte to the control socket when it is ready. On a call's socket there and
back: the length of a JSON header (4 bytes, big-endian), the header, and bytes until the end; the
answer begins with one byte before, when the work begins.
"""

import ctypes
import json
import os
import resource
import signal
import socket
import struct
import sys
import traceback
from typing import Any

from apps.common.confined import tasks

READY = BEGUN = b"+"
WALL_SECONDS = 60  # of waiting for a core that is shared by many
OPEN_FILES = 32  # its socket, its place, and what a library opens to draw letters
TRACE_CHARACTERS = 4_000
LENGTH = struct.Struct(">I")
PR_SET_PDEATHSIG = 1  # Linux: prctl(2)


def main(control: socket.socket, works: dict[str, tasks.Work]) -> None:
    """Fork for each call until the control socket closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started it.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # The kernel reaps.
    control.sendall(READY)
    while True:
        message, descriptors, _flags, _address = socket.recv_fds(control, 1, 2)
        if not message:
            return
        channel_descriptor, place = descriptors
        with socket.socket(fileno=channel_descriptor) as channel:
            if _forked():
                control.close()
                _work(channel, works)
                os._exit(0)
        os.close(place)  # The child keeps it.


def _forked() -> bool:
    """Return true in a new child, which ends with this process."""
    keeper = os.getpid()
    try:
        if os.fork():
            return False
    except OSError:  # No process now: the caller sees its channel close before the work began.
        return False
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != keeper:
        os._exit(1)
    return True


def _work(channel: socket.socket, works: dict[str, tasks.Work]) -> None:
    """Read a request, do it within the limits, and answer."""
    request = bytearray()
    while part := channel.recv(1 << 20):
        request += part
    [length] = LENGTH.unpack_from(request)
    start = LENGTH.size + length
    header = json.loads(bytes(request[LENGTH.size : start]))
    content = bytes(memoryview(request)[start:])
    del request
    channel.sendall(BEGUN)
    _be_quiet()
    _limit(header)
    try:
        found, made = works[header["path"]](content, **header["arguments"])
    except MemoryError:
        os._exit(1)  # as when the kernel ends it
    except Exception as error:  # noqa: BLE001 - the edge of a process that reads hostile bytes
        trace = traceback.format_exc()[-TRACE_CHARACTERS:]
        found, made = {"raised": type(error).__name__, "trace": trace}, b""
    answer = json.dumps({**found, "made_bytes": len(made)}).encode()
    channel.sendall(LENGTH.pack(len(answer)) + answer)
    channel.sendall(made)


def _be_quiet() -> None:
    """Let no file fill our log: parsers warn of each thing that they do not like."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _limit(header: dict[str, Any]) -> None:
    """Let the kernel refuse more memory, open files, and any writing; and end it in time."""
    memory, seconds = header["memory_bytes"], header["cpu_seconds"]
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(WALL_SECONDS)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), tasks.load(sys.argv[2:]))
