"""What messaging does by the clock. Each may run anywhere and twice at once without harm."""

from datetime import timedelta

import structlog
from procrastinate.contrib.django import app

from apps.common import clock
from apps.messaging import dispatching, feed, log, receipts

logger = structlog.get_logger(__name__)

EARLY_SINCE = timedelta(hours=1)
# Scheduled up to 30 days ahead, valid for 3, awaited for 3: nothing older is open.
OLDEST_OPEN = timedelta(days=36)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="messaging.match_early_receipts")
def match_early_receipts(timestamp: int) -> None:  # noqa: ARG001 - the schedule's time
    """Match receipts that came before our own record of the submission was there."""
    at = clock.now()
    found = receipts.match_early(since=at - EARLY_SINCE, at=at)
    if found.matched:
        logger.info("early_receipts_matched", matched=found.matched, moved=found.moved)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="messaging.expire")
def expire(timestamp: int) -> None:  # noqa: ARG001 - the schedule's time
    """Expire what was not sent in time."""
    at = clock.now()
    expired, given_up = dispatching.expire_due(at=at), dispatching.give_up_unreconciled(at=at)
    if expired or given_up:
        logger.info("chunks_expired", expired=expired, given_up=given_up)


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="messaging.give_up_waiting")
def give_up_waiting(timestamp: int) -> None:  # noqa: ARG001 - the schedule's time
    """Close the 72 hours of the messages submitted in the hours before; the nightly run is wider."""
    _give_up_waiting(timedelta(hours=3))


@app.periodic(cron="37 19 * * *")
@app.task(queueing_lock="messaging.give_up_waiting_for_all")
def give_up_waiting_for_all(timestamp: int) -> None:  # noqa: ARG001 - the schedule's time
    """Close the 72 hours of everything that an hourly run missed while no worker ran."""
    _give_up_waiting(OLDEST_OPEN)


@app.periodic(cron="17 18 * * *")
@app.task(queueing_lock="messaging.make_partitions")
def make_partitions(timestamp: int) -> None:  # noqa: ARG001 - the schedule's time
    """Make the partitions of the coming months and days, and drop what the feed keeps no more."""
    at = clock.now()
    made = log.ensure_partitions(at) + feed.ensure_partitions(at)
    dropped = feed.drop_old(at)
    if made or dropped:
        logger.info("partitions_changed", made=made, dropped=dropped)


def _give_up_waiting(reach: timedelta) -> None:
    at = clock.now()
    window_end = at - receipts.LATE_WINDOW
    receipts.match_early(since=window_end, at=at)
    unknown = receipts.give_up_waiting(since=window_end - reach, at=at)
    if unknown:
        logger.info("messages_unknown", messages=unknown)
