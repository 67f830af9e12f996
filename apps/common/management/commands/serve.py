"""Serve the portal."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from apps.common import migrations_state, serving


class Command(BaseCommand):
    """`manage.py serve`: check what would make every request fail, then become Granian."""

    help = "Serve the portal with Granian until SIGTERM or Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--workers",
            type=int,
            default=serving.usable_cores(),
            help="Processes; one a core by default.",
        )
        parser.add_argument(
            "--threads",
            type=int,
            default=serving.THREADS,
            help="Threads, and connections to the database, of each process.",
        )
        parser.add_argument(
            "--kill-after",
            type=int,
            default=serving.KILL_AFTER_SECONDS,
            help="Seconds that requests in hand get at a stop.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Replace this process by the server."""
        if waiting := migrations_state.unapplied():
            raise CommandError(
                f"{len(waiting)} migrations are not applied. Run `manage.py migrate` first."
            )
        connection.close()
        command = serving.granian(
            host=options["host"],
            port=options["port"],
            workers=options["workers"],
            threads=options["threads"],
            kill_after_seconds=options["kill_after"],
        )
        os.execv(command[0], command)  # noqa: S606 - no shell, and the words are ours
