"""`manage.py verify_money`: is every yuan somewhere, and does every lot agree with its ledger?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.recharges.services import lots
from apps.recharges.services.verification import verify


class Command(BaseCommand):
    """Settle the lots, recompute money and lots; end with 1 and name the rows when one is off."""

    help = "Let the lots follow the ledger, then recompute where all money and all segments are."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the report."""
        lots.settle()
        report = verify()
        looked = f"{report.recharges} recharges, {report.accounts} accounts"
        if report.faults:
            for fault in report.faults:
                self.stderr.write(str(fault))
            raise CommandError(f"{len(report.faults)} faults in {looked}.")
        self.stdout.write(f"The money agrees: {looked}, 0 faults.")
