"""What the common tables need by the clock."""

from procrastinate.contrib.django import app

from apps.common import clock, heartbeats
from apps.common.idempotency import KEPT_FOR
from apps.common.models import StoredAnswer


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="common.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the schedule's time
    """Delete stored answers past their time, and the heartbeats of workers that were killed."""
    at = clock.now()
    StoredAnswer.objects.filter(created_at__lt=at - KEPT_FOR).delete()
    heartbeats.forget_dead(at=at)
