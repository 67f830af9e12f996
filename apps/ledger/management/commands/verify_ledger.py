"""`manage.py verify_ledger`: does every balance agree with its entries, and every seal hold?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.ledger.services.verification import verify


class Command(BaseCommand):
    """Recompute all balances from the entries; end with 1 and name the rows when one is off."""

    help = "Recompute every balance from its ledger entries and check the chain of daily seals."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the report."""
        report = verify()
        looked = f"{report.accounts} accounts, {report.entries} entries, {report.seals} seals"
        if report.faults:
            for fault in report.faults:
                self.stderr.write(str(fault))
            raise CommandError(f"{len(report.faults)} faults in {looked}.")
        self.stdout.write(f"The ledger agrees: {looked}, 0 faults.")
