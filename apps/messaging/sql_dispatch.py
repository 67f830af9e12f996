"""The statements of dispatch, receipts and expiry: each moves hundreds of messages at once.

Arrays go in through `unnest`, so a round costs a handful of round trips whatever its size. Runs of
messages are always named by account and id range, the key of the partitioned table.

Lock order: chunks, messages (by account and id), batches, balances (by account).

Leases and queues go by the database's clock, the same for all machines.
"""

# ruff: noqa: S608 - put together from constants of this module alone

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection


def run(sql: str, parameters: Mapping[str, Any]) -> psycopg.Cursor[Any]:
    """Execute a statement on this thread's connection, inside its transaction if there is one.

    psycopg's own cursor sends arrays as they are; Django's writes them into the statement.

    Raises:
        django.db.Error: as from Django's cursor.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return psycopg.Cursor(connection.connection).execute(sql.encode(), parameters, binary=True)


def columns(rows: Iterable[Sequence[Any]], names: Sequence[str]) -> dict[str, list[Any]]:
    """Turn rows into one array for each column, for `unnest`."""
    turned = [list(column) for column in zip(*rows, strict=True)]
    return dict(zip(names, turned or [[] for _ in names], strict=True))


_LANES = """
unnest(%(operators)s::text[], %(tests)s::bool[], %(priorities)s::smallint[], %(routes)s::bigint[],
       %(firsts)s::bool[], %(limits)s::int[])
    WITH ORDINALITY AS lane(operator, is_test, priority, route_id, is_first, most, place)
"""

# A chunk goes to the first route of its operator unless a failure sent it to a later one.
_WAITING = """
messaging_chunk c
WHERE c.operator = lane.operator AND c.is_test = lane.is_test AND c.priority = lane.priority
  AND c.leased_until IS NULL AND c.due_at <= statement_timestamp() AND c.expires_at > statement_timestamp()
  AND CASE WHEN lane.is_first THEN c.route_id IS NULL OR c.route_id <> ALL(%(later_routes)s)
           ELSE c.route_id = lane.route_id END
ORDER BY c.due_at, c.id
LIMIT lane.most
"""

# Lanes come in their order, so the limit stops the reading once enough is found.
PEEK = f"""
SELECT lane.place, c.message_count
FROM {_LANES} CROSS JOIN LATERAL (SELECT c.message_count FROM {_WAITING}) c
LIMIT %(most_chunks)s
"""

_CLAIMED = """
c.id, c.account_id, c.batch_id, c.message_count, c.operator, c.is_test, c.route_id, c.attempts
"""

# Between looking and locking another worker may have taken some; the sizes are added up again.
CLAIM = f"""
WITH due AS MATERIALIZED (
    SELECT c.id, c.message_count, lane.route_id, lane.place, c.due_at
    FROM {_LANES}
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
_RUNS = """
unnest(%(accounts)s::bigint[], %(firsts)s::uuid[], %(lasts)s::uuid[], %(batches)s::uuid[])
    WITH ORDINALITY AS run(account_id, first, last, batch_id, place)
CROSS JOIN LATERAL (
    SELECT m.account_id, m.id, m.number, m.text FROM messaging_message m
    WHERE m.account_id = run.account_id AND m.id BETWEEN run.first AND run.last
      AND m.batch_id = run.batch_id AND m.status = 'QUEUED'
    ORDER BY m.id OFFSET 0
) m
"""

QUEUED_MESSAGES = f"SELECT run.place, m.id, m.number, m.text FROM {_RUNS}"

RECORD_SUBMISSIONS = """
INSERT INTO messaging_submission (connector_id, carrier_id, account_id, message_id, submitted_at)
SELECT %(connector)s, a.carrier_id, a.account_id, a.id, %(at)s
FROM unnest(%(accounts)s::bigint[], %(ids)s::uuid[], %(carrier_ids)s::text[])
     AS a(account_id, id, carrier_id)
ON CONFLICT (connector_id, carrier_id) DO UPDATE
SET account_id = EXCLUDED.account_id, message_id = EXCLUDED.message_id,
    submitted_at = EXCLUDED.submitted_at
"""

RECORD_TAKEN = """
UPDATE messaging_message m SET status = 'SUBMITTED', submitted_at = %(at)s
FROM unnest(%(accounts)s::bigint[], %(ids)s::uuid[]) AS a(account_id, id)
WHERE m.account_id = a.account_id AND m.id = a.id AND m.status = 'QUEUED'
"""

# What each batch gets back of the messages in `moved`.
_REFUNDS = """
SELECT b.account_id, b.id, sum(moved.segments)::bigint
FROM moved JOIN messaging_batch b ON b.account_id = moved.account_id AND b.id = moved.batch_id
WHERE NOT b.is_test AND b.refund_rule = ANY(%(rules)s)
GROUP BY b.account_id, b.id ORDER BY b.account_id, b.id
"""

RECORD_REFUSED = f"""
WITH moved AS (
    UPDATE messaging_message m
    SET status = 'REJECTED', carrier_code = a.code, finished_at = %(at)s
    FROM unnest(%(accounts)s::bigint[], %(ids)s::uuid[], %(codes)s::text[])
         AS a(account_id, id, code)
    WHERE m.account_id = a.account_id AND m.id = a.id AND m.status = 'QUEUED'
    RETURNING m.account_id, m.batch_id, m.segments
)
{_REFUNDS}
"""

FINISH_RUNS = f"""
WITH ended AS MATERIALIZED (SELECT m.account_id, m.id FROM {_RUNS}),
moved AS (
    UPDATE messaging_message m
    SET status = %(status)s, carrier_code = %(code)s, finished_at = %(at)s
    FROM ended WHERE m.account_id = ended.account_id AND m.id = ended.id AND m.status = 'QUEUED'
    RETURNING m.account_id, m.batch_id, m.segments
)
{_REFUNDS}
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

FETCH_CURSOR = "SELECT receipts_cursor FROM carriers_connector WHERE id = %(connector)s"

# Nobody moves a cursor that another worker moved meanwhile: what was fetched is fetched again.
MOVE_CURSOR = """
UPDATE carriers_connector SET receipts_cursor = %(to)s
WHERE id = %(connector)s AND receipts_cursor = %(from)s
"""

# Only one worker at a time asks a carrier; the lock goes with its connection.
TRY_LOCK_RECEIPTS = (
    "SELECT pg_try_advisory_lock(hashtext('messaging.receipts'), %(connector)s::int)"
)

# A receipt may correct an earlier one, by `steps` of `NEXT_MESSAGE_STATUS`; of several for a
# message the one that ends furthest wins.
_APPLY = """
, best AS MATERIALIZED (
    SELECT DISTINCT ON (account_id, message_id) account_id, message_id, status, code, done_at
    FROM matched
    ORDER BY account_id, message_id, array_position(%(finality)s::text[], status::text), done_at
), moved AS (
    UPDATE messaging_message m
    SET status = best.status, carrier_code = best.code, finished_at = best.done_at
    FROM best
    WHERE m.account_id = best.account_id AND m.id = best.message_id
      AND (m.status || '>' || best.status) = ANY(%(steps)s::text[])
    RETURNING m.account_id, m.batch_id, m.segments, m.status
), refund AS (
    SELECT b.account_id, b.id, sum(moved.segments)::bigint AS segments
    FROM moved JOIN messaging_batch b ON b.account_id = moved.account_id AND b.id = moved.batch_id
    WHERE moved.status = 'UNDELIVERED' AND NOT b.is_test
      AND b.refund_rule = ANY(%(rules)s)
    GROUP BY b.account_id, b.id ORDER BY b.account_id, b.id
)
SELECT (SELECT count(*) FROM matched) AS matched, (SELECT count(*) FROM moved) AS moved,
       r.account_id, r.id, r.segments
FROM (SELECT) AS always LEFT JOIN refund r ON true
"""

STORE_RECEIPTS = f"""
WITH stored AS (
    INSERT INTO messaging_receipt (
        id, connector_id, carrier_id, status, code, done_at, received_at, account_id, message_id,
        matched_at)
    SELECT r.id, %(connector)s, r.carrier_id, r.status, r.code, r.done_at, %(at)s,
           s.account_id, s.message_id, CASE WHEN s.message_id IS NOT NULL THEN %(at)s END
    FROM unnest(%(ids)s::uuid[], %(carrier_ids)s::text[], %(statuses)s::text[],
                %(codes)s::text[], %(moments)s::timestamptz[])
         AS r(id, carrier_id, status, code, done_at)
    LEFT JOIN messaging_submission s
           ON s.connector_id = %(connector)s AND s.carrier_id = r.carrier_id
    RETURNING account_id, message_id, status, code, done_at
), matched AS (SELECT * FROM stored WHERE message_id IS NOT NULL)
{_APPLY}
"""

MATCH_EARLY = f"""
WITH matched AS (
    UPDATE messaging_receipt r
    SET account_id = s.account_id, message_id = s.message_id, matched_at = %(at)s
    FROM messaging_submission s
    WHERE r.matched_at IS NULL AND r.received_at >= %(since)s
      AND s.connector_id = r.connector_id AND s.carrier_id = r.carrier_id
    RETURNING r.account_id, r.message_id, r.status, r.code, r.done_at
)
{_APPLY}
"""

GIVE_UP_WAITING = """
WITH silent AS MATERIALIZED (
    SELECT account_id, message_id FROM messaging_submission
    WHERE submitted_at >= %(since)s AND submitted_at < %(until)s
), moved AS (
    UPDATE messaging_message m SET status = 'UNKNOWN', finished_at = %(at)s
    FROM silent s
    WHERE m.account_id = s.account_id AND m.id = s.message_id AND m.status = 'SUBMITTED'
    RETURNING 1
)
SELECT count(*) FROM moved
"""
