"""Worker processes on the test's database."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection

PROJECT = Path(__file__).resolve().parent.parent.parent


def database_url() -> str:
    """Return the test database's address for a process of its own."""
    parts = connection.settings_dict
    login = quote(parts["USER"]) + (f":{quote(parts['PASSWORD'])}" if parts["PASSWORD"] else "")
    host = quote(parts["HOST"] or "localhost", safe="")
    return f"postgres://{login}@{host}:{parts['PORT'] or 5432}/{parts['NAME']}"


class WorkerProcess:
    """Starts, stops and kills one worker."""

    def __init__(self, log: Path, *words: str) -> None:
        self._log = log
        self._words = words
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {"DATABASE_URL": database_url(), "SMS_DISPATCH_LEASE_SECONDS": "5"}
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    str(PROJECT / "manage.py"),
                    "worker",
                    "--skip-checks",
                    *self._words,
                ],
                env=os.environ | environment,
                stderr=log,
            )

    def stop(self) -> int:
        """Ask it to end, as a service manager does, and return its exit code."""
        assert self.process is not None
        self.process.terminate()
        code = self.process.wait(timeout=30)
        self.process = None
        return code

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def log(self) -> str:
        return self._log.read_text()


def wait_until(holds: Callable[[], Any], seconds: float = 30) -> None:
    """Wait until something holds; fail when it does not in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.05)
