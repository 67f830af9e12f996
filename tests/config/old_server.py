"""A server that says it is an old PostgreSQL, and nothing else."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def postgres_14() -> Iterator[str]:
    """Listen, accept any log-in, and give the address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_serve, args=(listener,), daemon=True).start()
        port = listener.getsockname()[1]
        yield f"postgres://u@127.0.0.1:{port}/n?sslmode=disable&gssencmode=disable"


def _serve(listener: socket.socket) -> None:
    client, _address = listener.accept()
    with client:
        client.recv(10_000)
        client.sendall(
            _message(b"R", struct.pack("!i", 0))
            + _message(b"S", b"server_version\x0014.9\x00")
            + _message(b"S", b"client_encoding\x00UTF8\x00")
            + _message(b"Z", b"I")
        )
        client.recv(10_000)


def _message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!i", len(body) + 4) + body
