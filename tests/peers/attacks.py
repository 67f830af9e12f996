"""What a handful of clients do to a server that they want nothing from."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import httpx

Connect = Callable[[], socket.socket]
SILENT, SLOW = 300, 48
ANSWER_SECONDS = 20  # Generous: the machine that tests may be busy, and an attack held for 50.


def plain(port: int) -> Connect:
    """Return what connects to a port."""
    return lambda: socket.create_connection(("127.0.0.1", port), timeout=ANSWER_SECONDS)


def encrypted(port: int, host: str) -> Connect:
    """Return what connects to a port that speaks TLS, whoever certifies it."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return lambda: context.wrap_socket(plain(port)(), server_hostname=host)


@contextmanager
def holding(connect: Connect, count: int, sent: bytes = b"") -> Iterator[list[socket.socket]]:
    """Hold so many connections, on each of which no more than this is sent."""
    with ExitStack() as stack:
        held = [stack.enter_context(connect()) for _ in range(count)]
        for connection in held:
            connection.sendall(sent)
        yield held


def head(method: str, path: str, host: str = "portal.example.com", **headers: str) -> bytes:
    """Return the head of a request, whose body should follow."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def log_in_form(length: int, kind: str = "application/x-www-form-urlencoded") -> bytes:
    """Return the head of a log-in form that the check of CSRF would read."""
    return head(
        "POST",
        "/accounts/login/",
        Content_Type=kind,
        Content_Length=str(length),
        Cookie=f"csrftoken={'x' * 32}",
    )


def answer_on(connection: socket.socket) -> tuple[int, bytes]:
    """Read one answer; return its status, 0 where there is none, and what came with it."""
    received = b""
    try:
        while b"\r\n\r\n" not in received or len(received) < _length_of(received):
            piece = connection.recv(65536)
            if not piece:
                break
            received += piece
    except OSError:
        pass
    return int(received[9:12] or 0), received


def _length_of(received: bytes) -> int:
    start, _, _rest = received.partition(b"\r\n\r\n")
    for line in start.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(start) + 4 + int(line.split(b":")[1])
    return 0


def is_served(client: httpx.Client, paths: list[str], *, rounds: int = 5) -> None:
    """Ask as somebody who behaves, on a new connection each time, and want every answer soon."""
    for _ in range(rounds):
        for path in paths:
            began = time.monotonic()
            status = client.get(path, headers={"Connection": "close"}).status_code
            assert status in {200, 404}, (path, status)
            assert time.monotonic() - began < ANSWER_SECONDS, path
