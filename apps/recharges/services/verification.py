"""Recomputing where all the money and all the segments are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

from apps.ledger.fragments import BALANCES
from apps.partners.fragments import ACCOUNTS
from apps.recharges.queries import money as queries


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not agree, named so that a person finds the row."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at and what was found."""

    recharges: int
    accounts: int
    faults: tuple[Fault, ...]


# Each account whose lots have followed its ledger to the end: what they hold against its buckets.
_LOTS = f"""
WITH lot AS (
    SELECT account_id, sum(remaining_segments)::bigint AS remaining,
           sum(spent_segments)::bigint AS spent
    FROM recharges_lot WHERE arrived_sequence IS NOT NULL GROUP BY account_id)
SELECT a.account_code, coalesce(m.through_sequence, 0) = b.entry_count,
       b.available + b.held, coalesce(lot.remaining, 0), b.spent, coalesce(lot.spent, 0)
FROM ({BALANCES}) b
JOIN ({ACCOUNTS}) a ON a.account_id = b.account_id
LEFT JOIN lot ON lot.account_id = b.account_id
LEFT JOIN recharges_lotmark m ON m.account_id = b.account_id
ORDER BY a.account_code
"""  # noqa: S608 - put together from constants

# Each recharge against the lot it opened, and each bank entry against its recharge.
_RECHARGES = """
SELECT r.id, r.status, e.serial, e.status, r.segments, l.segments
FROM recharges_recharge r
JOIN recharges_bankentry e ON e.id = r.bank_entry_id
LEFT JOIN recharges_lot l ON l.recharge_id = r.id AND l.parent_id IS NULL
WHERE (r.status = 'CONFIRMED' AND e.status <> 'MATCHED')
   OR (r.status = 'PENDING' AND e.status <> 'UNMATCHED')
   OR (r.status <> 'PENDING' AND l.segments IS DISTINCT FROM r.segments)
   OR (r.status = 'PENDING' AND l.id IS NOT NULL)
ORDER BY r.id
"""


class _LotRow(NamedTuple):
    code: str
    is_settled: bool
    unspent: int
    remaining: int
    spent: int
    used: int


class _RechargeRow(NamedTuple):
    pk: int
    status: str
    serial: str
    entry_status: str
    segments: int
    lot: int | None


def verify() -> Report:
    """Compare yuan with segments and segments with lots; no faults means that all agree.

    Accounts whose lots lag behind their ledger are named as such: settle them first.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOTS)
        lots = [_LotRow(*row) for row in cursor.fetchall()]
        cursor.execute(_RECHARGES)
        odd = [_RechargeRow(*row) for row in cursor.fetchall()]
        cursor.execute("SELECT count(*) FROM recharges_recharge")
        (count,) = cursor.fetchone()
    faults = [
        *_money_faults(),
        *(fault for row in lots for fault in _lot_faults(row)),
        *(_recharge_fault(row) for row in odd),
    ]
    return Report(recharges=count, accounts=len(lots), faults=tuple(faults))


def _money_faults() -> Iterator[Fault]:
    totals = queries.money_in_totals()
    if not totals.is_balanced:
        yield Fault("money", f"{totals.received_yuan} yuan came in, {totals.placed_yuan} are found")


def _lot_faults(row: _LotRow) -> Iterator[Fault]:
    if not row.is_settled:
        yield Fault(row.code, "its lots have not followed its ledger to the end")
        return
    if row.unspent != row.remaining:
        yield Fault(row.code, f"{row.unspent} segments are unspent, its lots have {row.remaining}")
    if row.spent != row.used:
        yield Fault(row.code, f"{row.spent} segments are spent, its lots say {row.used}")


def _recharge_fault(row: _RechargeRow) -> Fault:
    return Fault(
        f"recharge {row.pk}",
        f"{row.status}, {row.segments} segments; its lot has {row.lot}, "
        f"bank entry {row.serial} is {row.entry_status}",
    )
