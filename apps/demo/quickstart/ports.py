"""Which ports are free on this machine."""

import socket

HOST = "127.0.0.1"
ANY = 0


def is_free(port: int) -> bool:
    """Tell whether a server could listen on a port; one that was just left counts as free."""
    if port == ANY:
        return False
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            return False
    return True


def free_one(*, preferred: int) -> int:
    """Return the preferred port if it is free, or else any other."""
    if is_free(preferred):
        return preferred
    with socket.socket() as probe:
        probe.bind((HOST, ANY))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Tell whether something listens on a port."""
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True
