"""A load client that costs little: prepared bytes over kept-alive sockets, one thread, epoll.

The client shares the machine's two cores with the server and the database, so every microsecond
that it takes is missing from what it measures.
"""

import itertools
import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

RECEIVE = 1 << 18


@dataclass(slots=True)
class Result:
    """How many requests were answered with which status, in how many seconds."""

    statuses: Counter[int]
    seconds: float

    @property
    def answered(self) -> int:
        """Count the answers."""
        return self.statuses.total()

    @property
    def per_second(self) -> float:
        """Return answers per second."""
        return self.answered / self.seconds


@dataclass(slots=True)
class _Connection:
    sock: socket.socket
    buffer: bytearray = field(default_factory=bytearray)


def request_bytes(
    path: str, body: bytes = b"", headers: dict[str, str] | None = None, *, method: str = "POST"
) -> bytes:
    """Return a request as it goes over the wire."""
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        *(f"{name}: {value}" for name, value in (headers or {}).items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def run(
    port: int, requests: Iterator[bytes], *, connections: int, seconds: float, most: int = 10**9
) -> Result:
    """Send requests over so many connections, one at a time on each, until the time is over."""
    requests = itertools.islice(requests, most)
    with selectors.DefaultSelector() as selector:
        began = time.perf_counter()
        for _ in range(connections):
            _open(port, selector, requests)
        statuses = _exchange(selector, requests, began + seconds)
        return Result(statuses, time.perf_counter() - began)


def _open(port: int, selector: selectors.BaseSelector, requests: Iterator[bytes]) -> None:
    first = next(requests, None)
    if first is None:
        return
    sock = socket.create_connection(("127.0.0.1", port))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.sendall(first)
    selector.register(sock, selectors.EVENT_READ, _Connection(sock))


def _exchange(
    selector: selectors.BaseSelector, requests: Iterator[bytes], deadline: float
) -> Counter[int]:
    statuses: Counter[int] = Counter()
    while selector.get_map():
        for key, _ in selector.select(timeout=30):
            connection: _Connection = key.data
            status = _receive(connection)
            if status is None:
                continue
            statuses[status] += 1
            following = next(requests, None) if time.perf_counter() < deadline else None
            if following is None:
                selector.unregister(connection.sock)
                connection.sock.close()
            else:
                connection.sock.sendall(following)
    return statuses


def _receive(connection: _Connection) -> int | None:
    """Read what is there; return the status once the whole answer is in."""
    received = connection.sock.recv(RECEIVE)
    if not received:
        raise ConnectionError("The server closed the connection.")
    connection.buffer += received
    head_end = connection.buffer.find(b"\r\n\r\n")
    if head_end < 0:
        return None
    head = bytes(connection.buffer[:head_end]).lower()
    start = head.index(b"content-length:") + 15
    length = int(head[start : head.find(b"\r\n", start) if b"\r\n" in head[start:] else None])
    if len(connection.buffer) < head_end + 4 + length:
        return None
    connection.buffer.clear()
    return int(head[9:12])
