"""The monthly partitions of `messaging_message`, made ahead of time.

Ids are time-ordered, so a month of messages is a range of ids. Rows outside every month land in
the default partition `messaging_message_other`: nothing is ever refused for want of a partition.
"""

from datetime import datetime

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from apps.common import ids
from apps.common.clock import SHANGHAI

MONTHS_AHEAD = 3


def ensure_partitions(at: datetime) -> list[str]:
    """Make the partitions of the month of `at` and of the next ones; return those made new."""
    made = []
    month = at.astimezone(SHANGHAI).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    for _ in range(MONTHS_AHEAD + 1):
        following = _next_month(month)
        if _make(month, following):
            made.append(name_of(month))
        month = following
    return made


def name_of(month: datetime) -> str:
    """Return the table that holds the messages of a month."""
    return f"messaging_message_{month:%Y_%m}"


def _next_month(month: datetime) -> datetime:
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)


@transaction.atomic
def _make(month: datetime, following: datetime) -> bool:
    with connection.cursor() as cursor:
        # Two machines may make the same month at once; the second finds it made.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('messaging.partitions'))")
        if _is_made(cursor, month) or _strays(cursor, month, following):
            return False
        cursor.execute(
            f"CREATE TABLE {name_of(month)} PARTITION OF messaging_message "
            f"FOR VALUES FROM ('{ids.floor(month)}') TO ('{ids.floor(following)}') "
            "WITH (fillfactor = 85)"
        )
    return True


def _is_made(cursor: CursorWrapper, month: datetime) -> bool:
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [name_of(month)])
    return bool(cursor.fetchone() == (True,))


def _strays(cursor: CursorWrapper, month: datetime, following: datetime) -> bool:
    """Tell whether the default partition holds rows of the month, which then stay there."""
    cursor.execute(
        "SELECT EXISTS (SELECT FROM messaging_message_other WHERE id >= %s AND id < %s)",
        [ids.floor(month), ids.floor(following)],
    )
    return bool(cursor.fetchone() == (True,))
