"""Mails, each in a task of its own, so that one that fails holds up no other."""

from datetime import timedelta

import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from apps.common import clock
from apps.notices.services import mails

logger = structlog.get_logger(__name__)

# Tasks repeat within about a quarter of an hour; what they left is swept up afterwards.
SWEPT_AFTER = timedelta(minutes=20)


@app.task(retry=RetryStrategy(max_attempts=6, exponential_wait=4))
def send_mail(notice_id: int) -> None:
    """Send the mail of a notice; repeated after 4, 16, 64 … seconds when it fails."""
    mails.send(notice_id=notice_id, at=clock.now())


@app.periodic(cron="*/20 * * * *")
@app.task(queueing_lock="notices.send_unsent")
def send_unsent(timestamp: int) -> None:  # noqa: ARG001 - the schedule's time
    """Send what failed for longer, or was left by a worker that was killed, until it is old."""
    at = clock.now()
    for notice_id in mails.list_unsent(at=at, older_than=SWEPT_AFTER):
        try:
            mails.send(notice_id=notice_id, at=at)
        except OSError as error:
            logger.warning("mail_failed", notice=notice_id, reason=type(error).__name__)
