"""The raw psycopg cursor of Django's connection, for the few statements where microseconds count."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import psycopg
from django.db import connection
from psycopg.rows import BaseRowFactory, tuple_row

Row = TypeVar("Row")

# The server's word that the session ended; whether a commit went through before is not known.
_CONNECTION_CLASSES = frozenset({"08", "57"})


def raw_cursor(row_factory: BaseRowFactory[Any] | None = None) -> psycopg.Cursor[Any]:
    """Return a cursor that binds and prepares on the server, as Django's own does not.

    Planning the statement that accepts a send takes longer than running it, so it is planned
    once per connection.
    """
    connection.ensure_connection()
    return psycopg.Cursor(connection.connection, row_factory=row_factory or tuple_row)


def numbered_cursor() -> psycopg.RawCursor[Any]:
    """Return such a cursor whose statements number their parameters themselves: $1, $2, ….

    psycopg rewrites `%s` on every call where a statement is longer than 4 kB (200 µs); here
    there is nothing to rewrite.
    """
    connection.ensure_connection()
    return psycopg.RawCursor(connection.connection)


def execute(sql: str, parameters: Mapping[str, Any]) -> psycopg.Cursor[Any]:
    """Execute a statement on this thread's connection, inside its transaction if there is one.

    psycopg's own cursor sends arrays as they are; Django's writes them into the statement.

    Raises:
        django.db.Error: as from Django's cursor.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return psycopg.Cursor(connection.connection).execute(sql.encode(), parameters, binary=True)


def columns(rows: Iterable[Sequence[Any]], names: Sequence[str]) -> dict[str, list[Any]]:
    """Turn rows into one array for each column, for `unnest`."""
    turned = [list(column) for column in zip(*rows, strict=True)]
    return dict(zip(names, turned or [[] for _ in names], strict=True))


def was_rolled_back(error: BaseException) -> bool:
    """Tell whether the server refused the statement, so that nothing of it was done.

    False when the connection was lost: then it may have been committed, and must not be repeated.
    """
    sqlstate = error.sqlstate if isinstance(error, psycopg.Error) else None
    return sqlstate is not None and sqlstate[:2] not in _CONNECTION_CLASSES
