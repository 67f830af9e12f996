"""Signs of life of the worker processes, so that `/readyz` can say whether one was seen lately."""

from datetime import datetime, timedelta

from django.db.models import Max

from apps.common.models import WorkerHeartbeat

BEAT_SECONDS = 5
SEEN_LATELY = timedelta(seconds=3 * BEAT_SECONDS)
FORGOTTEN_AFTER = timedelta(days=1)


def beat(*, name: str, started_at: datetime, at: datetime) -> None:
    """Note that the worker `name` lives."""
    WorkerHeartbeat.objects.update_or_create(
        name=name,
        defaults={"seen_at": at},
        create_defaults={"started_at": started_at, "seen_at": at},
    )


def stop(*, name: str) -> None:
    """Note that the worker `name` ended by itself."""
    WorkerHeartbeat.objects.filter(name=name).delete()


def last_seen() -> datetime | None:
    """Return when any worker was seen last."""
    newest: datetime | None = WorkerHeartbeat.objects.aggregate(newest=Max("seen_at"))["newest"]
    return newest


def is_worker_seen_lately(*, at: datetime) -> bool:
    """Tell whether a worker gave a sign of life within three beats."""
    seen = last_seen()
    return seen is not None and seen > at - SEEN_LATELY


def forget_dead(*, at: datetime) -> int:
    """Delete the rows of workers that were killed more than a day ago; return how many."""
    return WorkerHeartbeat.objects.filter(seen_at__lt=at - FORGOTTEN_AFTER).delete()[0]
