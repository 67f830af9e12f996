"""The statement that accepts sends: debit, batches, messages, chunks, entries, stored answers.

One statement is one transaction and one round trip, for one send or for a group of concurrent
ones, over any number of accounts. It locks each account's balance once, in account order, debits
what the account's sends in the group come to, and stores only the sends of accounts that could be
debited. After a crash at any instant either all rows of a send are there or none.

Its parameters are JSON lists, made by `groups.SendGroup`: $1 the accounts with what their sends come
to, $2 the remembered senders, then the rows to insert: $3 batches, $4 messages, $5 chunks,
$6 entries and $7 stored answers. $8 tells whether to wake the workers. Planning is done once per
connection, but setting the plan up takes most of the time of a small group; so whatever a row
needs is in it, and each insert joins nothing but the few columns of `accepted`.

It returns each account whose sends were stored with its credit before them, and each remembered
sender that no longer stands as it is remembered, by its place in $2. All sends of an account are
left out when it cannot pay for all of them, or when one of its remembered senders has changed: the
caller tries them one by one.
"""

from apps.common.fragments import STORE_ANSWERS
from apps.ledger.fragments import AVAILABLE, CAPTURES, DEBIT
from apps.messaging.accepting.senders import standing
from apps.partners.fragments import ACCOUNTS_BY_KEY

_STANDS_TODAY = standing(
    callers=ACCOUNTS_BY_KEY, caller="a.prefix = r.prefix", today="r.today", signature="r.signature"
)

ACCEPT = f"""
WITH changed AS MATERIALIZED (
    -- a sender whose key, account or papers are not what they were when it was read
    SELECT r.place, r.account_id
    FROM json_to_recordset($2::json)
         AS r(place int, account_id bigint, prefix text, signature text, today date, digest text)
    LEFT JOIN LATERAL ({_STANDS_TODAY}) n ON true
    WHERE n.digest IS DISTINCT FROM r.digest
), asked AS MATERIALIZED (
    -- all sends of its account wait for the caller's second try then
    SELECT * FROM json_to_recordset($1::json) AS a(account_id bigint, total bigint, entries int)
    WHERE NOT EXISTS (SELECT FROM changed c WHERE c.account_id = a.account_id)
), {DEBIT}, accepted AS MATERIALIZED (
    -- who pays nothing is accepted undebited: test keys
    SELECT account_id, before, sequence FROM debited
    UNION ALL
    SELECT a.account_id, coalesce(b.available, 0), 0
    FROM asked a LEFT JOIN ({AVAILABLE}) b ON b.account_id = a.account_id
    WHERE a.entries = 0
), batches AS (
    INSERT INTO messaging_batch (
        id, account_id, status, kind, signature, text, extension, reference, send_at, expires_at,
        is_test, refund_rule, accepted_count, segments, rejected, first_message_id, created_at)
    SELECT r.*
    FROM json_to_recordset($3::json) AS r(
        id uuid, account_id bigint, status text, kind text, signature text, text text,
        extension text, reference text, send_at timestamptz, expires_at timestamptz, is_test bool,
        refund_rule text, accepted_count int, segments int, rejected jsonb, first_message_id uuid,
        created_at timestamptz)
    JOIN accepted a ON a.account_id = r.account_id
), messages AS (
    INSERT INTO messaging_message (id, account_id, batch_id, number, operator, segments, status)
    SELECT r.*, 'QUEUED'
    FROM json_to_recordset($4::json) AS r(
        id uuid, account_id bigint, batch_id uuid, number text, operator text, segments smallint)
    JOIN accepted a ON a.account_id = r.account_id
), chunks AS (
    INSERT INTO messaging_chunk (
        id, account_id, batch_id, operator, message_count, is_test, priority, due_at, expires_at)
    SELECT r.*
    FROM json_to_recordset($5::json) AS r(
        id uuid, account_id bigint, batch_id uuid, operator text, message_count int, is_test bool,
        priority smallint, due_at timestamptz, expires_at timestamptz)
    JOIN accepted a ON a.account_id = r.account_id
), entries AS (
    {CAPTURES}
    SELECT r.id, r.account_id, a.sequence + r.place, 'CAPTURE', 'AVAILABLE', 'SPENT', r.segments,
           a.before - r.charged, 'BATCH', r.about_id, r.actor, r.created_at
    FROM json_to_recordset($6::json) AS r(
        id uuid, account_id bigint, place int, segments int, charged bigint, about_id text,
        actor text, created_at timestamptz)
    JOIN accepted a ON a.account_id = r.account_id
), answers AS (
    {STORE_ANSWERS}
    SELECT r.scope, r.key, decode(r.fingerprint, 'hex'),
           r.answer || jsonb_build_object('available', a.before - r.charged), r.created_at
    FROM json_to_recordset($7::json) AS r(
        account_id bigint, scope bigint, key text, fingerprint text, answer jsonb, charged bigint,
        created_at timestamptz)
    JOIN accepted a ON a.account_id = r.account_id
)
SELECT account_id, before FROM accepted
UNION ALL
SELECT -place - 1, NULL FROM changed
UNION ALL
SELECT NULL, NULL FROM (SELECT pg_notify('messaging_queued', '') WHERE $8::bool) waking
"""  # noqa: S608 - put together from constants alone

COPY_MESSAGES = """
COPY messaging_message (id, account_id, batch_id, number, operator, segments, status)
FROM STDIN (FORMAT BINARY)
"""
