"""The command that serves the portal: the same for quickstart, benchmarks and production."""

import os
import sys

THREADS = 16  # Each holds a connection to the database.
# Granian would wait without end for connections that clients keep alive.
KILL_AFTER_SECONDS = 10


def usable_cores() -> int:
    """Return how many cores this process may use, which in a container can be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def granian(
    *,
    host: str,
    port: int,
    workers: int,
    threads: int = THREADS,
    kill_after_seconds: int = KILL_AFTER_SECONDS,
) -> list[str]:
    """Return the words that start Granian on `config.wsgi`."""
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": port,
        "--workers": workers,
        "--blocking-threads": threads,
        "--backpressure": 128,
        "--workers-kill-timeout": kill_after_seconds,
        "--log-level": "error",
    }
    words = [str(word) for option in options.items() for word in option]
    flags = ["--no-ws", "--respawn-failed-workers"]
    return [sys.executable, "-m", "granian", *words, *flags, "config.wsgi:application"]
