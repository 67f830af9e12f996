"""The command that serves the portal: the same for quickstart, benchmarks and production."""

import os
import resource
import sys

THREADS = 16  # Each holds a connection to the database.
# Granian would wait without end for connections that clients keep alive.
KILL_AFTER_SECONDS = 10
# Of a process. A connection costs a file and some kB, no thread; with Granian's own bound of a few
# hundred, as many that say nothing would keep everybody else out.
CONNECTIONS = 4096
# For the head of a request, and for the next one on a connection that is kept.
HEAD_SECONDS = 15
HEAD_BYTES = 64 * 1024


def usable_cores() -> int:
    """Return how many cores this process may use, which in a container can be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def allow_connections() -> None:
    """Let this process open a file for each connection, as far as the machine allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + 512  # the database's, files that are read, the server's own
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


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
        # Granian counts connections here. With one version of HTTP it need not wait, without end,
        # for the first bytes to tell which it is.
        "--backpressure": CONNECTIONS,
        "--http": 1,
        "--http1-header-read-timeout": HEAD_SECONDS * 1000,
        "--http1-buffer-size": HEAD_BYTES,
        "--workers-kill-timeout": kill_after_seconds,
        "--log-level": "error",
    }
    words = [str(word) for option in options.items() for word in option]
    flags = ["--no-ws", "--respawn-failed-workers"]
    return [sys.executable, "-m", "granian", *words, *flags, "config.wsgi:application"]
