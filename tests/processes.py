"""The web server in processes of its own, on the test's database; ended as a power cut would."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from apps.common import serving
from tests.messaging.worker_process import PROJECT, database_url

START_SECONDS = 30


class WebServer:
    """Granian as it runs in service, on one port over all its lives."""

    def __init__(
        self,
        log: Path,
        *,
        workers: int = 2,
        words: Sequence[str] = (),
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        served = serving.granian(host="127.0.0.1", port=self.port, workers=workers)
        # Before the application, which Granian's command ends with; the last word on an option counts.
        self._command = [*served[:-1], "--respawn-interval", "0.2", *words, served[-1]]
        self._environment = environment

    def start(self) -> None:
        """Start it and return once it answers."""
        environment = {
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "LOG_LEVEL": "ERROR",
        }
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=PROJECT,
                env=os.environ | environment | self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait()

    def wait(self) -> None:
        """Wait until it answers."""
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert time.monotonic() < deadline, self._log.read_text()
            time.sleep(0.05)

    def kill(self) -> None:
        """End it and its workers at once."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(timeout=10)
            self._process = None

    def kill_worker(self) -> None:
        """End one of its workers; it starts another by itself."""
        assert self._process is not None
        os.kill(self._workers()[0], signal.SIGKILL)

    def _workers(self) -> list[int]:
        assert self._process is not None
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        commands = {int(child): Path(f"/proc/{child}/cmdline").read_bytes() for child in children}
        return [child for child, command in commands.items() if b"tracker" not in command]

    def _answers(self) -> bool:
        request = b"GET /api/v1/ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as probe:
                probe.sendall(request)
                return probe.recv(16).startswith(b"HTTP/1.1 404")
        except OSError:
            return False


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def web_server(log: Path, **options: Any) -> Iterator[WebServer]:
    """Run a web server for a while."""
    server = WebServer(log, **options)
    try:
        server.start()
        yield server
    finally:
        server.kill()
