"""The log of security events: who came in, who tried to, who was refused.

A flood fills neither disk nor log: what repeats within a minute is one row that counts, at most
`DISTINCT` rows of a kind are made before the rest of a minute is one row without a name, and rows
are kept `SECURITY_EVENTS_KEPT_DAYS`. The first of each row is a line of the process's log, too.
Passwords, codes and whole keys are never handed in here.
"""

import hashlib
from dataclasses import astuple, dataclass
from datetime import timedelta
from typing import Any

import pgtrigger
import structlog
from django.conf import settings
from django.db import connection, transaction

from apps.audit.choices import SecurityEventKind
from apps.audit.models import SecurityEvent
from apps.common import counters
from apps.common.counters import Limit, TooManyAttemptsError

# 200 rows of a kind at once, then one every ten seconds: under a flood without end 8 640 a day.
DISTINCT = Limit("audit.security_rows", most=200, seconds=2000)
DELETED_AT_ONCE = 5_000
logger = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Occurrence:
    """One security event as it is told.

    Attributes:
        person: the name of who did it, or that was typed; shortened or masked by the caller.
        agent: what the browser or software calls itself.
    """

    kind: SecurityEventKind
    person_id: int | None = None
    person: str = ""
    address: str = ""
    agent: str = ""
    detail: str = ""


_COUNT = """
UPDATE audit_securityevent SET count = count + 1, last_at = clock_timestamp()
WHERE minute = date_trunc('minute', clock_timestamp()) AND digest = %(digest)s
"""
_STORE = """
INSERT INTO audit_securityevent AS e
    (kind, person_id, person, address, agent, detail, digest, minute, last_at, count)
VALUES (%(kind)s, %(person_id)s, %(person)s, %(address)s, %(agent)s, %(detail)s, %(digest)s,
        date_trunc('minute', clock_timestamp()), clock_timestamp(), 1)
ON CONFLICT (minute, digest) DO UPDATE SET count = e.count + 1, last_at = clock_timestamp()
RETURNING count
"""

_OLDEST = """
SELECT id FROM audit_securityevent WHERE minute < clock_timestamp() - %(kept)s
ORDER BY minute LIMIT %(most)s
"""


def record(occurrence: Occurrence) -> None:
    """Write a security event down, or count it with those of its minute."""
    shortened = _shortened(occurrence)
    if _counted(shortened):
        return
    try:
        counters.take([DISTINCT.of(occurrence.kind)])
    except TooManyAttemptsError:
        shortened = Occurrence(kind=occurrence.kind)  # One row for all the others of this minute.
        if _counted(shortened):
            return
    _store(shortened)


def forget_old() -> int:
    """Delete events older than `SECURITY_EVENTS_KEPT_DAYS`, by the database's clock; count them."""
    kept = timedelta(days=settings.SECURITY_EVENTS_KEPT_DAYS)
    deleted = 0
    while batch := _oldest(kept):
        with transaction.atomic(), pgtrigger.ignore("audit.SecurityEvent:swept_only"):
            SecurityEvent.objects.filter(pk__in=batch).delete()
        deleted += len(batch)
    return deleted


def _oldest(kept: timedelta) -> list[int]:
    values: dict[str, Any] = {"kept": kept, "most": DELETED_AT_ONCE}
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST, values)
        return [row[0] for row in cursor.fetchall()]


def _counted(occurrence: Occurrence) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"digest": _digest(occurrence)})
        return bool(cursor.rowcount)


def _store(occurrence: Occurrence) -> None:
    values = {
        name: getattr(occurrence, name)
        for name in ("kind", "person_id", "person", "address", "agent", "detail")
    }
    with connection.cursor() as cursor:
        cursor.execute(_STORE, values | {"digest": _digest(occurrence)})
    logger.warning("security.event", **values)


def _digest(occurrence: Occurrence) -> str:
    said = repr(astuple(occurrence)).encode()
    return hashlib.blake2b(said, digest_size=16).hexdigest()


def _shortened(occurrence: Occurrence) -> Occurrence:
    return Occurrence(
        kind=occurrence.kind,
        person_id=occurrence.person_id,
        person=_plain(occurrence.person, 150),
        address=_plain(occurrence.address, 45),
        agent=_plain(occurrence.agent, 120),
        detail=_plain(occurrence.detail, 200),
    )


def _plain(text: str, most: int) -> str:
    """Cut a text to its column, without what PostgreSQL or a terminal would stumble over."""
    return "".join(character for character in text[:most] if character.isprintable())
