"""Child processes: each leads a group of its own, writes to a log, and never outlives its parent.

A terminal's Ctrl-C reaches the parent alone, which then ends the children in order. When the
parent is killed, the kernel kills each child (Linux), and the guard kills what those had started.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from apps.demo.quickstart import guard

PR_SET_PDEATHSIG = 1
MAX_LOG_BYTES = 10_000_000
TAIL_LINES = 8
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Guard:
    """The process that ends the groups of a parent that was killed."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - no shell, and the words are ours
            [sys.executable, guard.__file__],
            stdin=subprocess.PIPE,
            start_new_session=True,
            text=True,
        )

    def watch(self, group: int) -> None:
        """End this group too."""
        self._tell(f"+{group}\n")

    def release(self, group: int) -> None:
        """Leave this group alone: it has ended, and its number may be given out anew."""
        self._tell(f"-{group}\n")

    def close(self) -> None:
        """Let the guard go, ending what it still watches."""
        if self._process.stdin:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()
        self._process.wait()

    def _tell(self, line: str) -> None:
        if self._process.stdin:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.write(line)
                self._process.stdin.flush()


class Child:
    """One program that is kept running."""

    def __init__(self, name: str, command: Sequence[str], *, log: Path, guard: Guard) -> None:
        self.name = name
        self.log = log
        self.started_at = 0.0
        self._command = command
        self._guard = guard
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, with its output at the end of the log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > MAX_LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        self.started_at = time.monotonic()
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(  # noqa: S603 - no shell, and the words are ours
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - no other thread runs here
            )
        self._guard.watch(self._process.pid)

    @property
    def exit_code(self) -> int | None:
        """How it ended; None while it runs, or before it was started."""
        return self._process.poll() if self._process else None

    @property
    def is_running(self) -> bool:
        """Tell whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def ask_to_end(self) -> None:
        """Send it SIGTERM."""
        if self._process and self.is_running:
            self._process.terminate()

    def finish(self) -> None:
        """Kill whatever is left of its group."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._guard.release(self._process.pid)
        self._process = None

    def last_words(self) -> str:
        """Return the end of its log."""
        with contextlib.suppress(FileNotFoundError), self.log.open("rb") as log:
            log.seek(max(0, self.log.stat().st_size - 4000))
            return "\n".join(log.read().decode(errors="replace").splitlines()[-TAIL_LINES:])
        return ""


def _die_with_parent() -> None:
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
