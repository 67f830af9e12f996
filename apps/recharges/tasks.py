"""What recharges do by the clock (breaches noticed, lots, verification), and their receipts."""

import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from apps.common import clock
from apps.common.errors import DomainError
from apps.recharges.services import late_credits, lots, receipts, verification

logger = structlog.get_logger(__name__)


@app.task(retry=RetryStrategy(max_attempts=6, exponential_wait=4))
def issue_receipt(recharge_id: int) -> None:
    """Make the receipt of a recharge; repeated after 4, 16, 64 … seconds when it fails.

    Where a rule forbids it (particulars of the gateway are blank, or it was reversed meanwhile) it
    is left: whoever asks for the receipt is told why, or gets it then.
    """
    try:
        receipts.receipt_of(recharge_id=recharge_id, at=clock.now())
    except DomainError as error:
        logger.warning("receipt_not_issued", recharge=recharge_id, code=error.code)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="recharges.notice_late_credits")
def notice_late_credits(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the schedule's time
    """Write down, and tell finance, what was not credited by when it was due."""
    noticed = late_credits.notice(at=clock.now())
    if noticed:
        logger.warning("credits_late", count=noticed)


@app.periodic(cron="2-59/5 * * * *")
@app.task(queueing_lock="recharges.settle_lots")
def settle_lots(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the schedule's time
    """Let the lots follow the ledger."""
    lots.settle()


@app.periodic(cron="50 16 * * *")
@app.task(queueing_lock="recharges.verify_money")
def verify_money(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the schedule's time
    """Recompute where all money and all segments are, at 00:50 in Asia/Shanghai."""
    lots.settle()
    report = verification.verify()
    logger.info("money_verified", recharges=report.recharges, accounts=report.accounts)
    for fault in report.faults:
        logger.error("money_fault", fault=str(fault))
