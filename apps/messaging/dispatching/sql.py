"""The statements of dispatch and expiry: each moves hundreds of messages at once.

Arrays go in through `unnest`, so a round costs a handful of round trips whatever its size. Ranges of
messages are always named by account and id range, the key of the partitioned table.

Lock order: chunks, messages (by account and id), batches, balances (by account).

Leases and queues go by the database's clock, the same for all machines.
"""

# ruff: noqa: S608 - put together from constants of this module alone

from apps.messaging.feed import MOVED, TELL
from apps.messaging.receipts import REFUNDS

_QUEUES = """
unnest(%(operators)s::text[], %(tests)s::bool[], %(priorities)s::smallint[], %(routes)s::bigint[],
       %(firsts)s::bool[], %(limits)s::int[])
    WITH ORDINALITY AS queue(operator, is_test, priority, route_id, is_first, most, place)
"""

# A chunk goes to the first route of its operator unless a failure sent it to a later one.
_WAITING = """
messaging_chunk c
WHERE c.operator = queue.operator AND c.is_test = queue.is_test AND c.priority = queue.priority
  AND c.leased_until IS NULL AND c.due_at <= statement_timestamp() AND c.expires_at > statement_timestamp()
  AND CASE WHEN queue.is_first THEN c.route_id IS NULL OR c.route_id <> ALL(%(later_routes)s)
           ELSE c.route_id = queue.route_id END
ORDER BY c.due_at, c.id
LIMIT queue.most
"""

# Queues come in their order, so the limit stops the reading once enough is found.
PEEK = f"""
SELECT queue.place, c.message_count
FROM {_QUEUES} CROSS JOIN LATERAL (SELECT c.message_count FROM {_WAITING}) c
LIMIT %(most_chunks)s
"""

_CLAIMED = """
c.id, c.account_id, c.batch_id, c.message_count, c.operator, c.is_test, c.route_id, c.attempts
"""

# Between looking and locking another worker may have taken some; the sizes are added up again.
CLAIM = f"""
WITH due AS MATERIALIZED (
    SELECT c.id, c.message_count, queue.route_id, queue.place, c.due_at
    FROM {_QUEUES}
    CROSS JOIN LATERAL (
        SELECT c.id, c.message_count, c.due_at FROM {_WAITING} FOR UPDATE SKIP LOCKED
    ) c
), fitting AS MATERIALIZED (
    SELECT id, route_id FROM (
        SELECT *, sum(message_count) OVER running AS total, row_number() OVER running AS n
        FROM due WINDOW running AS (ORDER BY place, due_at, id)
    ) d WHERE total <= %(most_messages)s OR n = 1
)
UPDATE messaging_chunk c
SET leased_until = statement_timestamp() + make_interval(secs => %(lease_seconds)s), leased_by = %(worker)s,
    attempts = c.attempts + 1, route_id = f.route_id
FROM fitting f WHERE c.id = f.id
RETURNING {_CLAIMED}
"""

CLAIM_RUN_OUT = f"""
WITH due AS MATERIALIZED (
    SELECT id, message_count, leased_until FROM messaging_chunk
    WHERE leased_until < statement_timestamp() AND route_id = ANY(%(routes)s)
    ORDER BY leased_until, id LIMIT %(most_chunks)s FOR UPDATE SKIP LOCKED
), fitting AS MATERIALIZED (
    SELECT id FROM (
        SELECT *, sum(message_count) OVER running AS total, row_number() OVER running AS n
        FROM due WINDOW running AS (ORDER BY leased_until, id)
    ) d WHERE total <= %(most_messages)s OR n = 1
)
UPDATE messaging_chunk c
SET leased_until = statement_timestamp() + make_interval(secs => %(lease_seconds)s),
    leased_by = %(worker)s
FROM fitting f WHERE c.id = f.id
RETURNING {_CLAIMED}
"""

BATCHES = """
SELECT b.account_id, b.id, b.signature, b.text, b.extension, b.status
FROM unnest(%(accounts)s::bigint[], %(batches)s::uuid[]) AS wanted(account_id, id)
JOIN messaging_batch b ON b.account_id = wanted.account_id AND b.id = wanted.id
"""

START_BATCHES = """
UPDATE messaging_batch b SET status = 'QUEUED'
FROM unnest(%(accounts)s::bigint[], %(batches)s::uuid[]) AS started(account_id, id)
WHERE b.account_id = started.account_id AND b.id = started.id AND b.status = 'SCHEDULED'
"""

# OFFSET 0 keeps one index range per chunk; flattened, the planner may read the whole table.
_RANGES = """
unnest(%(accounts)s::bigint[], %(firsts)s::uuid[], %(lasts)s::uuid[], %(batches)s::uuid[])
    WITH ORDINALITY AS wanted(account_id, first, last, batch_id, place)
CROSS JOIN LATERAL (
    SELECT m.account_id, m.id, m.number, m.text FROM messaging_message m
    WHERE m.account_id = wanted.account_id AND m.id BETWEEN wanted.first AND wanted.last
      AND m.batch_id = wanted.batch_id AND m.status = 'QUEUED'
    ORDER BY m.id OFFSET 0
) m
"""

QUEUED_MESSAGES = f"SELECT wanted.place, m.id, m.number, m.text FROM {_RANGES}"

RECORD_SUBMISSIONS = """
INSERT INTO messaging_submission (connector_id, carrier_id, account_id, message_id, submitted_at)
SELECT %(connector)s, a.carrier_id, a.account_id, a.id, %(at)s
FROM unnest(%(accounts)s::bigint[], %(ids)s::uuid[], %(carrier_ids)s::text[])
     AS a(account_id, id, carrier_id)
ON CONFLICT (connector_id, carrier_id) DO UPDATE
SET account_id = EXCLUDED.account_id, message_id = EXCLUDED.message_id,
    submitted_at = EXCLUDED.submitted_at
"""

RECORD_TAKEN = f"""
WITH moved AS (
    UPDATE messaging_message m SET status = 'SUBMITTED', submitted_at = %(at)s
    FROM unnest(%(accounts)s::bigint[], %(ids)s::uuid[]) AS a(account_id, id)
    WHERE m.account_id = a.account_id AND m.id = a.id AND m.status = 'QUEUED'
    RETURNING {MOVED}
)
{TELL}
"""

RECORD_REFUSED = f"""
WITH moved AS (
    UPDATE messaging_message m
    SET status = 'REJECTED', carrier_code = a.code, finished_at = %(at)s
    FROM unnest(%(accounts)s::bigint[], %(ids)s::uuid[], %(codes)s::text[])
         AS a(account_id, id, code)
    WHERE m.account_id = a.account_id AND m.id = a.id AND m.status = 'QUEUED'
    RETURNING {MOVED}
), told AS ({TELL})
{REFUNDS}
"""

FINISH_RANGES = f"""
WITH ended AS MATERIALIZED (SELECT m.account_id, m.id FROM {_RANGES}),
moved AS (
    UPDATE messaging_message m
    SET status = %(status)s, carrier_code = %(code)s, finished_at = %(at)s
    FROM ended WHERE m.account_id = ended.account_id AND m.id = ended.id AND m.status = 'QUEUED'
    RETURNING {MOVED}
), told AS ({TELL})
{REFUNDS}
"""

DELETE_CHUNKS = """
DELETE FROM messaging_chunk WHERE id = ANY(%(chunks)s) AND leased_by = %(worker)s
"""

RELEASE_CHUNKS = """
UPDATE messaging_chunk c
SET leased_until = NULL, leased_by = '', route_id = r.route_id,
    due_at = statement_timestamp() + make_interval(secs => r.seconds)
FROM unnest(%(chunks)s::uuid[], %(routes)s::bigint[], %(seconds)s::float8[])
     AS r(id, route_id, seconds)
WHERE c.id = r.id AND c.leased_by = %(worker)s
"""

RESET_LEASES = """
UPDATE messaging_chunk SET leased_until = statement_timestamp() + make_interval(secs => %(seconds)s)
WHERE id = ANY(%(chunks)s) AND leased_by = %(worker)s
"""

_TAKE_OFF = f"""
    ORDER BY expires_at, id LIMIT %(most_chunks)s FOR UPDATE SKIP LOCKED
)
DELETE FROM messaging_chunk c USING due WHERE c.id = due.id
RETURNING {_CLAIMED}
"""

TAKE_OFF_EXPIRED = f"""
WITH due AS MATERIALIZED (
    SELECT id FROM messaging_chunk WHERE leased_until IS NULL AND expires_at <= %(until)s
    {_TAKE_OFF}
"""

TAKE_OFF_UNRECONCILED = f"""
WITH due AS MATERIALIZED (
    SELECT id FROM messaging_chunk WHERE leased_until < statement_timestamp() AND expires_at <= %(until)s
    {_TAKE_OFF}
"""
