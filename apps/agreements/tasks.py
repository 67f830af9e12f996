"""Agreements by the clock."""

from procrastinate.contrib.django import app

from apps.agreements.services import expiry
from apps.common import clock


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="agreements.follow_the_clock")
def follow_the_clock(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the schedule's time
    """Warn and expire every hour: early on the day in Asia/Shanghai, and soon after a pause."""
    at = clock.now()
    expiry.expire_due(at=at)
    expiry.warn_due(at=at)
