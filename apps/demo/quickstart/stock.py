"""What the database holds, and emptying it.

A database that quickstart filled is known by its history: the channels were opened by the actor
`quickstart`. So nothing but such a database, or the project's own embedded one, is ever emptied.
"""

import shutil
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from django.db.utils import OperationalError

from apps.carriers.models import Connector
from apps.demo.people import QUICKSTART
from apps.partners.models import Partner
from apps.users.models import User

LOCK_TIMEOUT = "5s"


class StockError(RuntimeError):
    """The database is not as it must be; the message says what to do."""


def check_not_foreign() -> None:
    """Refuse a server's database that holds tables of something else.

    Raises:
        StockError: it does.
    """
    tables = _tables()
    if settings.EMBEDDED_POSTGRES is None and tables and Partner._meta.db_table not in tables:
        raise StockError(
            "DATABASE_URL names a database with tables that are not the portal's. Name an empty "
            "one, or none to use the embedded PostgreSQL."
        )


def is_empty() -> bool:
    """Tell whether a migrated database holds nobody's data yet."""
    return not (User.objects.exists() or Partner.objects.exists())


def is_ours() -> bool:
    """Tell whether quickstart filled this migrated database."""
    opened = Connector.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        pgh_context__metadata__actor=QUICKSTART.label,
        pgh_context__metadata__actor_kind=QUICKSTART.kind,
    )
    return bool(opened.exists())


def empty(*, files: Path) -> None:
    """Drop every table, and the uploads with them.

    Raises:
        StockError: the database is a server's and quickstart did not fill it, or is in use.
    """
    if settings.EMBEDDED_POSTGRES is None and _tables() and not _is_ours_unmigrated():
        raise StockError(
            "DATABASE_URL names a database that quickstart did not fill; it is not emptied. "
            "Name another one, or none to use the embedded PostgreSQL."
        )
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
            cursor.execute("RESET lock_timeout")
    except OperationalError as error:
        if isinstance(error.__cause__, psycopg.errors.LockNotAvailable):
            raise StockError(
                "Another process uses the database. End it, then run --reset again."
            ) from error
        raise
    shutil.rmtree(files, ignore_errors=True)


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def _is_ours_unmigrated() -> bool:
    """Answer `is_ours` also for a database whose tables are of another version, or missing."""
    history = Connector.pgh_event_model._meta.db_table  # type: ignore[attr-defined]
    return history in _tables() and is_ours()


def has_other_users() -> bool:
    """Tell whether another connection uses the same server."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity "
            "WHERE usename = current_user AND pid <> pg_backend_pid())"
        )
        return bool(cursor.fetchone() == (True,))
