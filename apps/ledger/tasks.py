"""What the ledger does by the clock: looks at balances all day, seals and verifies at night."""

from datetime import timedelta

import structlog
from procrastinate.contrib.django import app

from apps.common import clock
from apps.ledger.services import alerts, seals, spendings, verification

logger = structlog.get_logger(__name__)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="ledger.watch_balances")
def watch_balances(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the schedule's time
    """Add up what was spent, then warn about the accounts that have run low."""
    while spendings.add_up() == spendings.MOST_ACCOUNTS:
        continue
    warned = alerts.check(at=clock.now())
    if warned:
        logger.info("balances_low", accounts=warned)


@app.periodic(cron="40 16 * * *")
@app.task(queueing_lock="ledger.seal_and_verify")
def seal_and_verify(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the schedule's time
    """Seal every account's entries at 00:40 in Asia/Shanghai, then recompute all balances."""
    at = clock.now()
    sealed = seals.seal(day=clock.local_date(at) - timedelta(days=1), at=at)
    report = verification.verify()
    logger.info("ledger_sealed", accounts=sealed, entries=report.entries, seals=report.seals)
    for fault in report.faults:
        logger.error("ledger_fault", fault=str(fault))
