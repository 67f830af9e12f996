"""Delete stored files that no row names."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.common import clock
from apps.common.files import sweeping


class Command(BaseCommand):
    """`manage.py sweep_files`: what the worker does every night, with a line for each file."""

    help = "Delete stored files that no row names and that are older than a day."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--dry-run", action="store_true", help="Only name them, and delete nothing."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Name each file, and delete it unless told not to."""
        count = size = 0
        for orphan in sweeping.orphans(at=clock.now()):
            if not options["dry_run"] and not sweeping.delete(orphan):
                continue
            count, size = count + 1, size + orphan.size
            self.stdout.write(f"{orphan.stored_at:%Y-%m-%d %H:%M} {orphan.size:>10} {orphan.name}")
        verb = "would be deleted" if options["dry_run"] else "deleted"
        self.stdout.write(f"{count} files of {size} bytes {verb}.")
