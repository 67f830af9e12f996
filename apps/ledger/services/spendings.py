"""Adding up what accounts spend a day, for forecasts that cost nothing to read.

An account may have millions of entries in 14 days; reading them for every page is out of the
question. So each entry is read once, soon after it was written, and added to its day.
"""

from django.db import connection, transaction

from apps.ledger import locks

MOST_ACCOUNTS = 1_000  # a pass
MOST_ENTRIES = 200_000  # of an account in a pass

# Entries are numbered under the balance's lock, so all up to `entry_count` are there to be read.
# The grouping inside LATERAL makes each account a walk along its own stretch of the primary key.
_ADD_UP = """
WITH behind AS MATERIALIZED (
    SELECT b.account_id, coalesce(m.through_sequence, 0) AS after,
           least(b.entry_count, coalesce(m.through_sequence, 0) + %(most_entries)s) AS through
    FROM ledger_balance b LEFT JOIN ledger_spendingmark m USING (account_id)
    WHERE b.entry_count > coalesce(m.through_sequence, 0)
    ORDER BY b.account_id LIMIT %(most_accounts)s
), added AS (
    INSERT INTO ledger_dailyspending AS s (account_id, day, segments)
    SELECT behind.account_id, spent.day, spent.segments
    FROM behind CROSS JOIN LATERAL (
        SELECT (e.created_at AT TIME ZONE 'Asia/Shanghai')::date AS day,
               sum(CASE WHEN e.to_bucket = 'SPENT' THEN e.segments
                        WHEN e.from_bucket = 'SPENT' AND e.to_bucket = 'AVAILABLE' THEN -e.segments
                        ELSE 0 END) AS segments
        FROM ledger_ledgerentry e
        WHERE e.account_id = behind.account_id
          AND e.sequence > behind.after AND e.sequence <= behind.through
        GROUP BY 1
    ) AS spent
    ON CONFLICT (account_id, day) DO UPDATE SET segments = s.segments + EXCLUDED.segments
)
INSERT INTO ledger_spendingmark (account_id, through_sequence)
SELECT account_id, through FROM behind
ON CONFLICT (account_id) DO UPDATE SET through_sequence = EXCLUDED.through_sequence
"""


@transaction.atomic
def add_up() -> int:
    """Add the entries since the last time to their days; return for how many accounts.

    Bounded: where it returns `MOST_ACCOUNTS` there may be more. An account that is far behind is
    caught up with over several calls.
    """
    locks.spending()
    with connection.cursor() as cursor:
        cursor.execute(_ADD_UP, {"most_accounts": MOST_ACCOUNTS, "most_entries": MOST_ENTRIES})
        return int(cursor.rowcount)
