"""Run the simulated carrier."""

import signal
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.carriers.simulator.server import SimulatorServer
from apps.carriers.simulator.store import Store


class Command(BaseCommand):
    """`manage.py carrier_simulator --port 8026`."""

    help = "Run the simulated carrier until SIGTERM or Ctrl-C."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8026, help="0 takes a free one.")
        parser.add_argument("--data", type=Path, default=Path(settings.VAR_DIR) / "simulator.db")
        parser.add_argument("--late-seconds", type=float, default=30.0, help="Delay for …0003.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Serve; the first line printed names the address."""
        store = Store(options["data"])
        try:
            server = SimulatorServer(
                store,
                host=options["host"],
                port=options["port"],
                late_seconds=options["late_seconds"],
            )
        except (OSError, OverflowError) as error:
            raise CommandError(f"Cannot listen on port {options['port']}: {error}") from error
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.stdout.write(f"Carrier simulator on {server.url}")
        self.stdout.flush()
        stop.wait()
        server.shutdown()
        store.close()
