"""The rows that migrations made, put back where a test that needs them comes after one that empties tables.

A transactional test ends by emptying every table, the migrated rows with the rest. pytest-django runs
such tests last, but a worker that has done its share takes over what is left of another's.
"""

import pytest
from django.apps import apps
from django.db import connection, transaction
from pytest_django.plugin import blocking_manager_key

MADE_BY_DJANGO = {"auth", "contenttypes"}  # and made again by it after every emptying


class MigratedRows:
    """What stood in each table after the migrations, as COPY writes it."""

    def __init__(self) -> None:
        self._rows: dict[str, bytes] = {}
        self._are_gone = False

    def keep(self) -> None:
        """Read the tables of a new database."""
        connection.ensure_connection()
        for table in _tables():
            copy = f'COPY (SELECT * FROM "{table}") TO STDOUT'
            with connection.connection.cursor() as cursor, cursor.copy(copy) as stream:
                rows = b"".join(bytes(piece) for piece in stream)
            if rows:
                self._rows[table] = rows

    def may_be_gone(self) -> None:
        """Put them back before the next test that is not transactional."""
        self._are_gone = True

    def put_back(self) -> None:
        """Fill the tables that were emptied, without what triggers would make of it."""
        if not self._are_gone:
            return
        connection.ensure_connection()
        with transaction.atomic(), connection.connection.cursor() as cursor:
            emptied = [table for table in self._rows if _is_empty(cursor, table)]
            for table in emptied:
                cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
            for table in emptied:
                with cursor.copy(f'COPY "{table}" FROM STDIN') as stream:
                    stream.write(self._rows[table])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in emptied:
                cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
        self._are_gone = False


_migrated = MigratedRows()


def keep() -> None:
    """Remember the rows of the database that was just made."""
    _migrated.keep()


def prepare(item: pytest.Item) -> None:
    """Put the rows back before a test that is not transactional."""
    if _is_transactional(item):
        _migrated.may_be_gone()
        return
    with item.config.stash[blocking_manager_key].unblock():
        _migrated.put_back()


def _is_transactional(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    fixtures = getattr(item, "fixturenames", [])
    return bool(marker and marker.kwargs.get("transaction")) or bool(
        {"transactional_db", "live_server"} & set(fixtures)
    )


def _tables() -> set[str]:
    models = apps.get_models(include_auto_created=True)
    wanted = {m._meta.db_table for m in models if m._meta.app_label not in MADE_BY_DJANGO}
    return wanted & set(connection.introspection.table_names())


def _is_empty(cursor, table: str) -> bool:
    return cursor.execute(f'SELECT NOT EXISTS (SELECT FROM "{table}")').fetchone()[0]
