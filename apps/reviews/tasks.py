"""What applications need by the clock. Due by the day, run every hour: a missed run is made up for."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import structlog
from procrastinate.contrib.django import app

from apps.common import clock
from apps.common.errors import ConflictError, NotFoundError
from apps.reviews.kinds import KINDS, Kind
from apps.reviews.services import ends

logger = structlog.get_logger(__name__)


@app.periodic(cron="4 * * * *")
@app.task(queueing_lock="reviews.watch_ends")
def watch_ends(timestamp: int) -> None:  # noqa: ARG001 - the schedule's time
    """Let what has ended expire, and announce what ends soon, of every kind."""
    at = clock.now()
    today = clock.local_date(at)
    for kind in KINDS.values():
        _each(kind, kind.list_ended(today), ends.expire, at)
        _each(kind, kind.list_ending(today), ends.warn, at)


def _each(kind: Kind[Any, Any], ids: Iterable[int], step: Callable[..., Any], at: datetime) -> None:
    """Take each by itself: what changed meanwhile is left, what fails keeps nobody else waiting."""
    for identifier in ids:
        try:
            step(kind, identifier, at=at)
        except (ConflictError, NotFoundError):
            continue
        except Exception:
            logger.exception("end_failed", kind=kind.name, step=step.__name__, id=identifier)
