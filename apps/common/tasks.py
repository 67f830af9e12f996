"""What the common tables need by the clock."""

from uuid import UUID

import structlog
from procrastinate.contrib.django import app

from apps.common import clock, counters, form_keys, heartbeats
from apps.common.files import previews, sweeping
from apps.common.idempotency import KEPT_FOR
from apps.common.models import StoredAnswer
from apps.common.outbox import delivery, keeping

logger = structlog.get_logger(__name__)


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="common.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the schedule's time
    """Delete stored answers, sent forms and counters past their time, and killed workers' beats."""
    at = clock.now()
    StoredAnswer.objects.filter(created_at__lt=at - KEPT_FOR).delete()
    form_keys.forget_old(at=at)
    heartbeats.forget_dead(at=at)
    counters.forget_free()


@app.task
def deliver_event(event_id: str) -> None:
    """Hand an event of the outbox to its consumers; enqueued by name, with the event."""
    delivery.deliver_event(event_id=UUID(event_id), at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="common.deliver_due")
def deliver_due(timestamp: int) -> None:  # noqa: ARG001 - the schedule's time
    """Hand out what failed before, and what a lost task left."""
    delivery.deliver_due(at=clock.now())


@app.periodic(cron="13 19 * * *")
@app.task(queueing_lock="common.forget_old_events")
def forget_old_events(timestamp: int) -> None:  # noqa: ARG001 - the schedule's time
    """Delete the events that are old and handled, at 03:13 in Asia/Shanghai."""
    keeping.forget_old(at=clock.now())


@app.periodic(cron="33 19 * * *")
@app.task(queueing_lock="common.sweep_files")
def sweep_files(timestamp: int) -> None:  # noqa: ARG001 - the schedule's time
    """Delete files that no row names, at 03:33 in Asia/Shanghai."""
    for orphan in sweeping.orphans(at=clock.now()):
        if sweeping.delete(orphan):
            logger.info("orphan_file_deleted", name=orphan.name, size=orphan.size)


@app.periodic(cron="43 * * * *")
@app.task(queueing_lock="common.prune_previews")
def prune_previews(timestamp: int) -> None:  # noqa: ARG001 - the schedule's time
    """Keep the drawn pages of this machine's disk below their bound."""
    previews.prune()
