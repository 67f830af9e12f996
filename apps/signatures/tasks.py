"""What signatures need by the clock. Due by the day, run every hour: a missed run is made up for."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import structlog
from procrastinate.contrib.django import app

from apps.common import clock
from apps.common.errors import ConflictError, NotFoundError
from apps.signatures import queries
from apps.signatures.services import expiry, letter_judgements

logger = structlog.get_logger(__name__)


@app.periodic(cron="4 * * * *")
@app.task(queueing_lock="signatures.watch_papers")
def watch_papers(timestamp: int) -> None:  # noqa: ARG001 - the schedule's time
    """Announce the ends of papers, and stop what is not proved any more."""
    at = clock.now()
    today = clock.local_date(at)
    _each(queries.list_ended_letters(today), _expire_letter, at)
    _each(queries.list_ended(today), _expire, at)
    _each(queries.list_ending(today), _warn, at)


def _expire_letter(letter_id: int, at: datetime) -> None:
    letter_judgements.expire(letter_id=letter_id, at=at)


def _expire(signature_id: int, at: datetime) -> None:
    expiry.expire(signature_id=signature_id, at=at)


def _warn(signature_id: int, at: datetime) -> None:
    expiry.warn(signature_id=signature_id, at=at)


def _each(ids: Iterable[int], step: Callable[[int, datetime], Any], at: datetime) -> None:
    """Take each by itself: what changed meanwhile is left, what fails keeps nobody else waiting."""
    for identifier in ids:
        try:
            step(identifier, at)
        except (ConflictError, NotFoundError):
            continue
        except Exception:
            logger.exception("signature_papers_failed", step=step.__name__, id=identifier)
