"""Bring the whole portal up on this machine."""

import contextlib
import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from apps.demo.quickstart import banner, filling, lock, ports, stock
from apps.demo.quickstart.filling import Filled
from apps.demo.quickstart.supervisor import ChildEndedError, Supervisor
from apps.messaging import accepting

LINGER_SECONDS = 3.0  # connections of ended processes take a moment to go
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Command(BaseCommand):
    """`manage.py quickstart`."""

    help = "Start the portal with demonstration data: web server, worker and carrier simulator."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--port", type=int, default=8000, help="Of the web server.")
        parser.add_argument(
            "--reset", action="store_true", help="Empty the database first; everything is lost."
        )
        parser.add_argument(
            "--no-demo", action="store_true", help="Make an administrator and channels, no more."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run until a signal, and leave nothing behind but the data."""
        if not settings.QUICKSTART_ALLOWED:
            raise CommandError(
                "quickstart is for trying the portal out and refuses production settings: "
                "use config.settings.dev."
            )
        try:
            with lock.held(self._var / "quickstart.lock"), _signals_interrupt():
                self._run(**options)
        except (lock.AlreadyRunningError, stock.StockError, ChildEndedError) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    @property
    def _var(self) -> Path:
        return Path(settings.VAR_DIR)

    def _run(self, *, port: int, reset: bool, no_demo: bool, **_options: Any) -> None:
        try:
            if not ports.is_free(port):
                raise CommandError(
                    f"Port {port} is taken or cannot be used: choose another --port."
                )
            if reset:
                self._reset()
            # Mails of the demonstration lead here.
            settings.PORTAL_URL = os.environ["PORTAL_URL"] = f"http://localhost:{port}"
            filled = self._prepare(port=port, with_demo=not no_demo)
            self._serve(filled, port=port)
        finally:
            _stop_database()

    def _reset(self) -> None:
        stock.empty(files=Path(settings.MEDIA_ROOT))
        for path in self._var.glob("simulator.db*"):
            path.unlink()
        self._credentials.unlink(missing_ok=True)
        shutil.rmtree(self._var / "log", ignore_errors=True)

    def _prepare(self, *, port: int, with_demo: bool) -> Filled:
        self._say("Preparing the database …")
        stock.check_not_foreign()
        call_command("migrate", verbosity=0, skip_checks=True)
        return filling.fill(
            path=self._credentials,
            base_url=f"http://{ports.HOST}:{port}",
            with_demo=with_demo,
        )

    def _serve(self, filled: Filled, *, port: int) -> None:
        connection.close()
        self._say("Starting web server, worker and carrier simulator …")
        supervisor = Supervisor(port=port, simulator_port=filled.simulator_port, tell=self._say)
        try:
            supervisor.start()
            for line in banner.lines(filled.credentials, path=self._credentials):
                self._say(line)
            supervisor.watch()
        finally:
            with _signals_hurry() as is_in_hurry:
                self._say("Stopping …")
                supervisor.stop(is_in_hurry=is_in_hurry)

    @property
    def _credentials(self) -> Path:
        return self._var / "quickstart.json"

    def _say(self, line: str) -> None:
        with contextlib.suppress(OSError):  # the terminal may be gone
            self.stdout.write(line)
            self.stdout.flush()


@contextlib.contextmanager
def _signals_interrupt() -> Iterator[None]:
    """Let every signal that asks us to end do what Ctrl-C does."""

    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _signals_hurry() -> Iterator[Any]:
    """Take a further signal as a wish to end at once, without breaking off the clearing up."""
    received: list[int] = []
    before = {
        number: signal.signal(number, lambda *args: received.append(args[0])) for number in SIGNALS
    }
    try:
        yield lambda: bool(received)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop_database() -> None:
    """Stop the embedded server, unless somebody else works with it."""
    cluster = settings.EMBEDDED_POSTGRES
    if cluster is None:
        return
    accepting.hang_up()  # Open since the demonstration's traffic was sent from here.
    deadline = time.monotonic() + LINGER_SECONDS
    while stock.has_other_users():
        if time.monotonic() > deadline:
            connection.close()
            return
        time.sleep(0.1)
    connection.close()
    cluster.stop()
