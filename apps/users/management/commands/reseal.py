"""`manage.py reseal`: seal every stored secret with the newest of `SEALING_SECRETS`."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.users.services import factors


class Command(BaseCommand):
    """Run it after a new secret was put first; then the older ones may go."""

    help = "Seals every stored secret with the newest of SEALING_SECRETS."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal them anew and say how many."""
        self.stdout.write(f"{factors.reseal()} second factors were sealed anew.")
