"""Real simulators for tests, spoken to over sockets: in a process of its own, or in a thread."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import httpx

from apps.carriers.simulator.server import SimulatorServer
from apps.carriers.simulator.store import Store

PROJECT = Path(__file__).resolve().parent.parent.parent


class Simulator:
    """The questions a test asks of a simulator."""

    url: str

    def stats(self) -> dict[str, int]:
        answer: dict[str, int] = self._get("/stats")
        return answer

    def seen(self, *references: Any) -> list[dict[str, str]]:
        """Return what it was handed under our ids."""
        answer = self._get("/lookup", references=",".join(map(str, references)))
        messages: list[dict[str, str]] = answer["messages"]
        return messages

    def fail(self, kind: str, count: int = 1) -> None:
        """Make the next calls of /submit fail: busy, denied or lost_answer."""
        wish = {"kind": kind, "count": count}
        httpx.post(f"{self.url}/faults", json=wish, trust_env=False).raise_for_status()

    def _get(self, path: str, **params: str) -> Any:
        return httpx.get(f"{self.url}{path}", params=params, trust_env=False).json()


class SimulatorThread(Simulator):
    """A simulator inside the test's process: there at once."""

    def __init__(self, data: Path, late_seconds: float = 0.5) -> None:
        self._store = Store(data)
        self._server = SimulatorServer(
            self._store, host="127.0.0.1", port=0, late_seconds=late_seconds
        )
        self.url = self._server.url
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._store.close()


class SimulatorProcess(Simulator):
    """A simulator as it runs in service; its data outlives its process."""

    def __init__(self, data: Path, late_seconds: float = 0.5) -> None:
        self._words = ["--data", str(data), "--late-seconds", str(late_seconds)]
        self._port = 0
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it and return once it listens; again on the same port after a kill."""
        words = ["--port", str(self._port), *self._words]
        self.process = subprocess.Popen(
            [sys.executable, str(PROJECT / "manage.py"), "carrier_simulator", *words],
            env=os.environ | {"LOG_LEVEL": "WARNING"},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.startswith("Carrier simulator on http://"), line
        self.url = line.rsplit(maxsplit=1)[1]
        self._port = int(self.url.rsplit(":", 1)[1])

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None
