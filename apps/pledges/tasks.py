"""Pledges by the clock."""

from procrastinate.contrib.django import app

from apps.common import clock
from apps.pledges.services import terms


@app.periodic(cron="11 * * * *")
@app.task(queueing_lock="pledges.keep_terms")
def keep_terms(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the schedule's time
    """Expire pledges, and warn of their end, every hour: what ran before is not done again."""
    at = clock.now()
    terms.expire_due(at=at)
    terms.warn_ending(at=at)
