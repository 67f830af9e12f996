"""Whether the database has every table that the code expects."""

from functools import lru_cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

Migration = tuple[str, str]


@lru_cache(maxsize=1)
def _of_the_code() -> frozenset[Migration]:
    """Read the migrations that this version has; they do not change while it runs."""
    return frozenset(MigrationLoader(None).disk_migrations)


def unapplied() -> set[Migration]:
    """Return the migrations that the database lacks; costs one query."""
    return set(_of_the_code() - MigrationRecorder(connection).applied_migrations().keys())
