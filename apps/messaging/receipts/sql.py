"""The statements of receipts: a page of them at once, whatever its size.

Lock order: messages (by account and id), batches, balances (by account).
"""

# ruff: noqa: S608 - put together from constants alone

from apps.messaging.feed import MOVED, TELL
from apps.messaging.receipts.refunds import REFUNDS

# Only one worker at a time asks a carrier; the lock goes with its connection.
TRY_LOCK_RECEIPTS = (
    "SELECT pg_try_advisory_lock(hashtext('messaging.receipts'), %(connector)s::int)"
)

# A receipt may correct an earlier one, by `steps` of `NEXT_MESSAGE_STATUS`; of several for a
# message the one that ends furthest wins.
_APPLY = f"""
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
    RETURNING {MOVED}
), told AS ({TELL}), refund AS ({REFUNDS})
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

GIVE_UP_WAITING = f"""
WITH silent AS MATERIALIZED (
    SELECT account_id, message_id FROM messaging_submission
    WHERE submitted_at >= %(since)s AND submitted_at < %(until)s
), moved AS (
    UPDATE messaging_message m SET status = 'UNKNOWN', finished_at = %(at)s
    FROM silent s
    WHERE m.account_id = s.account_id AND m.id = s.message_id AND m.status = 'SUBMITTED'
    RETURNING {MOVED}
), told AS ({TELL})
SELECT count(*) FROM moved
"""
