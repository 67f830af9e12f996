"""Giving credit back for messages that were not sent or not delivered, many batches at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from apps.common import ids


class Cursor(Protocol):
    """Whatever runs SQL inside the caller's transaction: Django's cursor or psycopg's own."""

    def execute(self, query: Any, params: Any = None, /) -> Any:
        """Run a statement."""


@dataclass(frozen=True, slots=True)
class Refund:
    """Segments of one batch that go back to its account."""

    account_id: int
    batch_id: UUID
    segments: int


# One entry per item, numbered on from the balance in the items' order. Balances are locked in
# account order, like everywhere.
_REFUND = """
WITH item AS MATERIALIZED (
    SELECT r.*,
           row_number() OVER (PARTITION BY account_id ORDER BY place) AS n,
           sum(segments) OVER (PARTITION BY account_id ORDER BY place) AS running
    FROM unnest(%(ids)s::uuid[], %(accounts)s::bigint[], %(batches)s::text[], %(segments)s::bigint[])
         WITH ORDINALITY AS r(id, account_id, batch, segments, place)
), total AS MATERIALIZED (
    SELECT account_id, sum(segments)::bigint AS segments, count(*) AS entries
    FROM item GROUP BY account_id
), locked AS MATERIALIZED (
    SELECT b.account_id FROM ledger_balance b
    WHERE b.account_id IN (SELECT account_id FROM total)
    ORDER BY b.account_id FOR NO KEY UPDATE
), moved AS (
    UPDATE ledger_balance b
    SET available = b.available + t.segments, spent = b.spent - t.segments,
        entry_count = b.entry_count + t.entries
    FROM total t JOIN locked l ON l.account_id = t.account_id
    WHERE b.account_id = t.account_id
    RETURNING b.account_id, b.available - t.segments AS available, b.entry_count - t.entries AS entry
)
INSERT INTO ledger_ledgerentry (
    id, account_id, sequence, kind, from_bucket, to_bucket, segments, available_after, about,
    about_id, note, actor, created_at)
SELECT i.id, i.account_id, m.entry + i.n, 'REFUND', 'SPENT', 'AVAILABLE', i.segments,
       m.available + i.running, 'BATCH', i.batch, '', 'system', %(at)s
FROM item i JOIN moved m ON m.account_id = i.account_id
"""


def refund_batches(cursor: Cursor, items: Sequence[Refund], at: datetime) -> None:
    """Move each item's segments from SPENT to AVAILABLE and write an entry for it.

    Runs in the caller's transaction, which finishes the messages that the refund is for. The
    database refuses to give back more than an account has spent.
    """
    if not items:
        return
    first = ids.uuid7_run(at)
    cursor.execute(
        _REFUND,
        {
            "ids": [UUID(int=first + n) for n in range(len(items))],
            "accounts": [item.account_id for item in items],
            "batches": [item.batch_id.hex for item in items],
            "segments": [item.segments for item in items],
            "at": at,
        },
    )
