"""Giving segments back for messages that reached an end which is not charged.

Which ends those are says `rules.refunding_ends`, here and in the statements.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from apps.ledger.services.refunds import Refund, refund_batches
from apps.messaging import rules

REFUNDING = {"refunding": rules.refunding_ends(), "no_connector": rules.NO_CONNECTOR}

# What each batch gets back of the messages in `moved`, by the parameters REFUNDING.
REFUNDS = """
SELECT b.account_id, b.id, sum(moved.segments)::bigint AS segments
FROM moved JOIN messaging_batch b ON b.account_id = moved.account_id AND b.id = moved.batch_id
WHERE NOT b.is_test
  AND concat_ws(':', moved.status, moved.submitted_at IS NOT NULL,
                moved.carrier_code = %(no_connector)s, b.refund_rule)
      = ANY(%(refunding)s::text[])
GROUP BY b.account_id, b.id ORDER BY b.account_id, b.id
"""


def refund(rows: Iterable[tuple[int, UUID, int]], *, at: datetime) -> None:
    """Give back (account, batch, segments), in the caller's transaction."""
    items = [Refund(*row) for row in rows]
    with connection.cursor() as cursor:
        refund_batches(cursor, items, at)
