"""The process that forks for each piece of work: `python -m apps.common.confined.keeper FD`.

It has the parsers loaded, one thread and nothing to lose. Each call comes as a socket over the
control socket FD; a child of its own reads the request there, works within its limits, answers
and ends. The keeper itself ends when the process that started it does.

On a call's socket, both ways: the length of a JSON header (4 bytes, big-endian), the header, and
bytes until the end.
"""

import json
import os
import resource
import signal
import socket
import struct
import sys
from typing import Any

WALL_SECONDS = 60  # of waiting for a core that is shared by many
MEMORY_BYTES = 1536 * 1024 * 1024  # of addresses; an image of the most pixels takes 900 MB of them
LENGTH = struct.Struct(">I")


def main(control: socket.socket) -> None:
    """Fork for each call until the control socket closes."""
    from apps.common.confined.tasks import TASKS  # noqa: PLC0415 - only this process loads parsers

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started it.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # The kernel reaps.
    while True:
        message, descriptors, _flags, _address = socket.recv_fds(control, 1, 1)
        if not message:
            return
        with socket.socket(fileno=descriptors[0]) as channel:
            if os.fork() == 0:
                control.close()
                _work(channel, TASKS)
                os._exit(0)


def _work(channel: socket.socket, tasks: dict[str, Any]) -> None:
    """Read a request, do it within the limits, and answer."""
    _limit_size()
    request = bytearray()
    while part := channel.recv(1 << 20):
        request += part
    [length] = LENGTH.unpack_from(request)
    start = LENGTH.size + length
    header = json.loads(bytes(request[LENGTH.size : start]))
    content = bytes(memoryview(request)[start:])
    del request
    _limit_time(header["cpu_seconds"])
    try:
        found, made = tasks[header["task"]](content, **header["arguments"])
    except Exception as error:  # noqa: BLE001 - the edge of a process that reads hostile bytes
        found, made = {"failed": type(error).__name__}, b""
    answer = json.dumps(found).encode()
    channel.sendall(LENGTH.pack(len(answer)) + answer)
    channel.sendall(made)


def _limit_size() -> None:
    """Let the kernel refuse more memory, and any file."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _limit_time(cpu_seconds: int) -> None:
    """Let the kernel end this process when it goes on for too long."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(WALL_SECONDS)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
