"""Carrier simulator, worker and web server as children: started, watched, restarted, stopped."""

import sys
import time
from collections.abc import Callable
from typing import NoReturn

import httpx
from django.conf import settings

from apps.demo.quickstart import ports
from apps.demo.quickstart.processes import Child, Guard

START_SECONDS = 90
STOP_SECONDS = 8
WEB_WORKERS = 2
KILL_AFTER_SECONDS = 2  # for what a browser keeps open: nobody waits for it here
STABLE_SECONDS = 5  # a child that ends sooner would end again
LOOK_SECONDS = 0.2


class ChildEndedError(RuntimeError):
    """A child ended at once, or did not come up; the message shows the end of its log."""


class Supervisor:
    """The three processes of a portal. `tell` prints a line to whoever started it."""

    def __init__(self, *, port: int, simulator_port: int, tell: Callable[[str], None]) -> None:
        self._port = port
        self._simulator_port = simulator_port
        self._tell = tell
        self._guard = Guard()
        self._simulator = self._child(
            "simulator", "carrier_simulator", "--port", str(simulator_port)
        )
        self._worker = self._child("worker", "worker", "--skip-checks")
        self._web = self._child(
            "web", "serve", "--skip-checks", "--port", str(port), "--workers", str(WEB_WORKERS),
            "--kill-after", str(KILL_AFTER_SECONDS),
        )  # fmt: skip
        self._children = (self._simulator, self._worker, self._web)

    def start(self) -> None:
        """Start everything and return once it answers.

        Raises:
            ChildEndedError: it does not.
        """
        for child in self._children:
            child.start()
        self._wait_for(self._simulator, lambda: ports.answers(self._simulator_port))
        self._wait_for(self._web, lambda: self._status("/healthz") == httpx.codes.OK)
        self._wait_for(self._worker, lambda: self._status("/readyz") == httpx.codes.OK)

    def watch(self) -> NoReturn:
        """Look after the children until a signal ends it.

        Raises:
            ChildEndedError: a child ended again as soon as it was started.
        """
        while True:
            for child in self._children:
                if child.exit_code is not None:
                    self._restart(child)
            time.sleep(LOOK_SECONDS)

    def stop(self, *, is_in_hurry: Callable[[], bool]) -> None:
        """End the children, the simulator last: the worker has answers to fetch from it."""
        for children in ((self._web, self._worker), (self._simulator,)):
            for child in children:
                child.ask_to_end()
            deadline = time.monotonic() + STOP_SECONDS
            while any(child.is_running for child in children):
                if is_in_hurry() or time.monotonic() > deadline:
                    break
                time.sleep(0.05)
            for child in children:
                child.finish()
        self._guard.close()

    def _restart(self, child: Child) -> None:
        if time.monotonic() - child.started_at < STABLE_SECONDS:
            raise _ended(child)
        self._tell(f"The {child.name} ended (exit code {child.exit_code}); it is started again.")
        child.finish()
        child.start()

    def _wait_for(self, child: Child, is_up: Callable[[], bool]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not is_up():
            for each in self._children:
                if each.exit_code is not None:
                    raise _ended(each)
            if time.monotonic() > deadline:
                raise ChildEndedError(
                    f"The {child.name} did not come up in {START_SECONDS} seconds: {child.log}\n"
                    f"{child.last_words()}"
                )
            time.sleep(0.1)

    def _status(self, path: str) -> int:
        try:
            url = f"http://{ports.HOST}:{self._port}{path}"
            return httpx.get(url, timeout=5, trust_env=False).status_code
        except httpx.HTTPError:
            return 0

    def _child(self, name: str, *words: str) -> Child:
        return Child(
            name,
            [sys.executable, str(settings.PROJECT_DIR / "manage.py"), *words],
            log=settings.VAR_DIR / "log" / f"{name}.log",
            guard=self._guard,
        )


def _ended(child: Child) -> ChildEndedError:
    return ChildEndedError(
        f"The {child.name} ended (exit code {child.exit_code}): {child.log}\n{child.last_words()}"
    )
