"""How long a bank's file of 1 000 lines takes: read, stored, matched; and how often matching is right.

    python -m tests.load.bank_import [--lines 1000] [--runs 3]

Starts a database of its own and prints, for each seed: seconds to read the preview, to store the
lines, and to rank the proposals of all of them; and of the lines with a true slip, the share whose
first proposal names exactly the true slips and lines.
"""

import argparse
import statistics
import time

from tests.load import stage


def measure(seed: int, lines: int) -> dict[str, float]:
    """Take one month in and match it; return seconds, and the share that is right."""
    from django.db import transaction

    from apps.audit.actors import SYSTEM
    from apps.common import clock
    from apps.recharges.queries import known, previews
    from apps.recharges.services import statements
    from tests.recharges.bank_lines import Maker
    from tests.recharges.months import enter_slips, share_right, upload

    month = Maker(seed, lines=lines).make()
    seconds = {}
    with transaction.atomic():
        enter_slips(month)
        began = time.perf_counter()
        found = upload(month)
        previews.preview(found)
        seconds["preview"] = time.perf_counter() - began
        began = time.perf_counter()
        statements.store(import_id=found.pk, by=SYSTEM, at=clock.now())
        seconds["store"] = time.perf_counter() - began
        began = time.perf_counter()
        proposals = known.proposals()
        seconds["match"] = time.perf_counter() - began
        seconds["right"] = share_right(month, proposals)
        transaction.set_rollback(True)
    return seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with stage.database():
        runs = [measure(seed, options.lines) for seed in range(1, options.runs + 1)]
    for name in ("preview", "store", "match"):
        print(f"{name:8} {statistics.median(run[name] for run in runs):6.2f} s (median)")
    print(f"right    {min(run['right'] for run in runs):6.1%} (lowest)")


if __name__ == "__main__":
    main()
