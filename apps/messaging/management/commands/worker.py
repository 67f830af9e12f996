"""Run a worker."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.messaging.worker import Worker


class Command(BaseCommand):
    """`manage.py worker`: start as many as you like, on as many machines."""

    help = "Send queued messages, collect receipts and run tasks until SIGTERM or Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--dispatchers", type=int, default=2, help="Sending threads for each connector."
        )
        parser.add_argument(
            "--no-tasks", action="store_true", help="Send and collect only; run no tasks."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Work until a signal; the round in hand is finished."""
        worker = Worker(dispatchers=options["dispatchers"], runs_tasks=not options["no_tasks"])
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        worker.run()
