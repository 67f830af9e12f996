"""Agreements by the clock."""

from procrastinate.contrib.django import app

from apps.agreements.services import agreements
from apps.common import clock


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="agreements.expire_due")
def expire_due(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the schedule's time
    """Expire agreements every hour, so that the day in Asia/Shanghai needs no cron of its own."""
    agreements.expire_due(at=clock.now())
