"""SQL of the ledger that other apps put into their statements.

The statement that accepts sends debits with it. It offers `asked(account_id, total, entries)`: what its sends come to for each account,
and in how many entries. It gets `debited(account_id, before, sequence)`: the accounts that could pay,
their credit before and the number of their last entry before. Balances are locked in account order,
like everywhere, and only those of accounts with something to pay.
"""

DEBIT = """
locked AS MATERIALIZED (
    SELECT b.account_id, a.total, a.entries
    FROM ledger_balance b JOIN asked a ON a.account_id = b.account_id
    WHERE a.entries > 0
    ORDER BY b.account_id FOR NO KEY UPDATE OF b
), debited AS (
    UPDATE ledger_balance b
    SET available = b.available - l.total, spent = b.spent + l.total,
        entry_count = b.entry_count + l.entries
    FROM locked l
    -- whoever cannot pay for all of it pays for nothing
    WHERE b.account_id = l.account_id AND b.available >= l.total
    RETURNING b.account_id, b.available + l.total AS before, b.entry_count - l.entries AS sequence
)
"""

# Followed by rows in the order of these columns.
CAPTURES = """
INSERT INTO ledger_ledgerentry (
    id, account_id, sequence, kind, from_bucket, to_bucket, segments, available_after, about,
    about_id, actor, created_at)
"""

AVAILABLE = "SELECT account_id, available FROM ledger_balance"

BALANCES = "SELECT account_id, available, held, spent, entry_count FROM ledger_balance"

ENTRIES = """
SELECT account_id, sequence, from_bucket, to_bucket, segments, about, about_id
FROM ledger_ledgerentry
"""
