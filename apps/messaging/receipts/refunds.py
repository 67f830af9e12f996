"""Giving segments back for messages that reached an end which is not charged."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from apps.agreements.choices import RefundRule
from apps.ledger.services.refunds import Refund, refund_batches

# DESIGN section 5. What nobody sent goes back whatever the rule says.
REFUND_ON_REJECT = [RefundRule.ON_REJECT.value, RefundRule.ON_FAILURE.value]
REFUND_ON_FAILURE = [RefundRule.ON_FAILURE.value]
REFUND_ALWAYS = RefundRule.values

# What each batch gets back of the messages in `moved`.
REFUNDS = """
SELECT b.account_id, b.id, sum(moved.segments)::bigint
FROM moved JOIN messaging_batch b ON b.account_id = moved.account_id AND b.id = moved.batch_id
WHERE NOT b.is_test AND b.refund_rule = ANY(%(rules)s)
GROUP BY b.account_id, b.id ORDER BY b.account_id, b.id
"""


def refund(rows: Iterable[tuple[int, UUID, int]], *, at: datetime) -> None:
    """Give back (account, batch, segments), in the caller's transaction."""
    items = [Refund(*row) for row in rows]
    with connection.cursor() as cursor:
        refund_batches(cursor, items, at)
