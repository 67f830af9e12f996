"""Partitions of a table by ranges of time, made ahead and dropped when they are old.

A table that is cut this way has a default partition `<table>_other`, so nothing is ever refused for
want of a partition: what stands there stays there, and its range is then not cut any more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from apps.common.clock import SHANGHAI


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """How a table is cut.

    Attributes:
        table: the partitioned table; its partitions are called `<table>_<label>`.
        key: the column by which it is partitioned.
        storage: storage parameters of each partition, such as `fillfactor = 85`.
    """

    table: str
    key: str
    storage: str = ""

    def name(self, label: str) -> str:
        """Return the partition with a label."""
        return f"{self.table}_{label}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """One partition's label and its range: from `begins` on, before `ends`, as the key is written."""

    label: str
    begins: str
    ends: str


def day_span(day: date) -> Span:
    """Return a day in Asia/Shanghai as a span of a `timestamptz` key."""
    begins = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    return Span(
        label=f"{day:%Y_%m_%d}",
        begins=begins.isoformat(),
        ends=(begins + timedelta(days=1)).isoformat(),
    )


def ensure(cut: Cut, spans: Iterable[Span]) -> list[str]:
    """Make the partitions that are missing; return the names of those made now."""
    return [cut.name(span.label) for span in spans if _make(cut, span)]


def drop_before(cut: Cut, label: str) -> list[str]:
    """Drop the partitions whose labels sort before `label`, with their rows; return their names."""
    limit = cut.name(label)
    return [name for name in _partitions(cut) if name < limit and _drop(cut, name)]


@transaction.atomic
def _make(cut: Cut, span: Span) -> bool:
    with connection.cursor() as cursor:
        _lock(cursor, cut)
        if _is_made(cursor, cut.name(span.label)) or _strays(cursor, cut, span):
            return False
        storage = f" WITH ({cut.storage})" if cut.storage else ""
        cursor.execute(
            f"CREATE TABLE {cut.name(span.label)} PARTITION OF {cut.table} "
            f"FOR VALUES FROM ('{span.begins}') TO ('{span.ends}'){storage}"
        )
    return True


@transaction.atomic
def _drop(cut: Cut, name: str) -> bool:
    with connection.cursor() as cursor:
        _lock(cursor, cut)
        if not _is_made(cursor, name):
            return False
        cursor.execute(f"DROP TABLE {name}")
    return True


def _partitions(cut: Cut) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass "
            "AND inhrelid <> %s::regclass ORDER BY 1",
            [cut.table, cut.name("other")],
        )
        return [name for (name,) in cursor]


def _lock(cursor: CursorWrapper, cut: Cut) -> None:
    # Two machines may make or drop the same partition at once; the second finds it done.
    cursor.execute(
        "SELECT pg_advisory_xact_lock(hashtext('partitions'), hashtext(%s))", [cut.table]
    )


def _is_made(cursor: CursorWrapper, name: str) -> bool:
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [name])
    return bool(cursor.fetchone() == (True,))


def _strays(cursor: CursorWrapper, cut: Cut, span: Span) -> bool:
    """Tell whether the default partition holds rows of the span, which then stay there."""
    cursor.execute(
        f"SELECT EXISTS (SELECT FROM {cut.name('other')} "  # noqa: S608 - names of ours alone
        f"WHERE {cut.key} >= %s AND {cut.key} < %s)",
        [span.begins, span.ends],
    )
    return bool(cursor.fetchone() == (True,))
