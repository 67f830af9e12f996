"""Recomputing every balance from its entries, and walking the chain of seals."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

from apps.ledger.models import DailySeal
from apps.ledger.services import seals
from apps.partners.fragments import ACCOUNTS


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not agree, named so that a person finds the row."""

    account: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.account} {self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at and what was found."""

    accounts: int
    entries: int
    seals: int
    faults: tuple[Fault, ...]


_BUCKETS = f"""
WITH moved AS (
    SELECT account_id, count(*) AS entries, max(sequence) AS last,
           sum(CASE WHEN from_bucket = 'OUTSIDE' THEN segments
                    WHEN to_bucket = 'OUTSIDE' THEN -segments ELSE 0 END) AS issued,
           sum(CASE 'AVAILABLE' WHEN to_bucket THEN segments WHEN from_bucket THEN -segments
                    ELSE 0 END) AS available,
           sum(CASE 'HELD' WHEN to_bucket THEN segments WHEN from_bucket THEN -segments
                    ELSE 0 END) AS held,
           sum(CASE 'SPENT' WHEN to_bucket THEN segments WHEN from_bucket THEN -segments
                    ELSE 0 END) AS spent
    FROM ledger_ledgerentry GROUP BY account_id)
SELECT a.account_code, b.account_id IS NULL, coalesce(m.entries, 0), coalesce(m.last, 0), b.entry_count,
       ARRAY[b.issued, b.available, b.held, b.spent],
       ARRAY[coalesce(m.issued, 0), coalesce(m.available, 0), coalesce(m.held, 0),
             coalesce(m.spent, 0)]::bigint[]
FROM ledger_balance b FULL JOIN moved m USING (account_id)
LEFT JOIN ({ACCOUNTS}) a USING (account_id)
ORDER BY a.account_code, account_id
"""  # noqa: S608 - put together from constants

# Each entry's `available_after` against the one before it: names the very row that was tampered.
_RUNNING = f"""
SELECT a.account_code, e.sequence, e.segments, e.available_after, e.expected, e.gap
FROM (SELECT account_id, sequence, segments, available_after,
             coalesce(lag(available_after) OVER w, 0)
             + CASE WHEN to_bucket = 'AVAILABLE' THEN segments
                    WHEN from_bucket = 'AVAILABLE' THEN -segments ELSE 0 END AS expected,
             sequence - coalesce(lag(sequence) OVER w, 0) <> 1 AS gap
      FROM ledger_ledgerentry WINDOW w AS (PARTITION BY account_id ORDER BY sequence)) e
LEFT JOIN ({ACCOUNTS}) a ON a.account_id = e.account_id
WHERE e.available_after <> e.expected OR e.gap
ORDER BY a.account_code, e.sequence
"""  # noqa: S608 - put together from constants


class _BalanceRow(NamedTuple):
    code: str | None
    missing: bool
    entries: int
    last: int
    entry_count: int | None
    stored: list[int]
    computed: list[int]


class _EntryRow(NamedTuple):
    code: str | None
    sequence: int
    segments: int
    after: int
    expected: int
    gap: bool


_NAMES = ("issued", "available", "held", "spent")


def verify() -> Report:
    """Recompute every balance and seal; a report without faults says that all agree."""
    with connection.cursor() as cursor:
        cursor.execute(_BUCKETS)
        balances = [_BalanceRow(*row) for row in cursor.fetchall()]
        cursor.execute(_RUNNING)
        running = [_EntryRow(*row) for row in cursor.fetchall()]
    chain = list(DailySeal.objects.select_related("account").order_by("account_id", "day"))
    faults = [
        *(fault for row in running for fault in _entry_faults(row)),
        *(fault for row in balances for fault in _balance_faults(row)),
        *_seal_faults(chain),
    ]
    return Report(len(balances), sum(row.entries for row in balances), len(chain), tuple(faults))


def _entry_faults(row: _EntryRow) -> Iterator[Fault]:
    where = f"entry {row.sequence}"
    if row.gap:
        yield Fault(str(row.code), where, "the entry before it is missing")
    if row.after != row.expected:
        yield Fault(
            str(row.code),
            where,
            f"{row.segments} segments should leave {row.expected} available, "
            f"the entry says {row.after}",
        )


def _balance_faults(row: _BalanceRow) -> Iterator[Fault]:
    code = str(row.code)
    if row.missing:
        yield Fault(code, "balance", f"is missing although there are {row.entries} entries")
        return
    if not row.entries == row.last == row.entry_count:
        what = f"counts {row.entry_count} entries, there are {row.entries} up to {row.last}"
        yield Fault(code, "balance", what)
    for name, has, should in zip(_NAMES, row.stored, row.computed, strict=True):
        if has != should:
            yield Fault(code, "balance", f"{name} is {has}, the entries say {should}")


def _seal_faults(chain: list[DailySeal]) -> Iterator[Fault]:
    account_id, through, previous = 0, 0, seals.FIRST_DIGEST
    for seal in chain:
        if seal.account_id != account_id:
            account_id, through, previous = seal.account_id, 0, seals.FIRST_DIGEST
        entries = seals.entries_between(account_id, through, seal.through_sequence)
        if seals.digest(previous, entries) != bytes(seal.digest):
            yield Fault(
                seal.account.code,
                f"seal {seal.day}",
                f"entries {through + 1} to {seal.through_sequence} are not those that were sealed",
            )
        through, previous = seal.through_sequence, bytes(seal.digest)
