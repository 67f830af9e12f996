"""The statement that accepts sends: debit, batches, messages, chunks, entries, stored answers.

One statement is one transaction and one round trip, for one send or for a group of concurrent
ones, over any number of accounts. It locks each account's balance once, in account order, debits
what the account's sends in the group come to, and stores only the sends of accounts that could be
debited. After a crash at any instant either all rows of a send are there or none.

Its parameters are JSON lists: $1 the sends, $2 their messages, $3 their chunks, the latter two tied
to their send by its `ord`, and $4 the remembered senders, to which a send points by `sender`. $5
tells whether to wake the workers.

It returns the `ord` of each stored send and the credit left. An account that cannot pay for all of
its sends in the group is left out whole; the caller tries those one by one. A send whose sender no
longer stands as it is remembered is left out too, and returned with -1.
"""

from apps.messaging.senders import STANDING

_STANDS_TODAY = STANDING.format(today="r.today", signature="r.signature", prefix="r.prefix")

ACCEPT = f"""
WITH changed AS MATERIALIZED (
    SELECT r.sender
    FROM json_to_recordset($4::json)
         AS r(sender int, prefix text, signature text, today date, digest text)
    LEFT JOIN LATERAL ({_STANDS_TODAY}) n ON true
    WHERE n.digest IS DISTINCT FROM r.digest
), asked AS MATERIALIZED (
    SELECT * FROM json_to_recordset($1::json) AS s(
        ord int, id uuid, account_id bigint, charge int, status text, kind text, signature text,
        text text, extension text, reference text, send_at timestamptz, expires_at timestamptz,
        is_test bool, refund_rule text, accepted_count int, segments int, rejected jsonb,
        first_message_id uuid, created_at timestamptz, entry_id uuid, actor text,
        key text, fingerprint text, answer jsonb, sender int)
), send AS MATERIALIZED (
    SELECT * FROM asked
    WHERE NOT EXISTS (SELECT FROM changed WHERE changed.sender = asked.sender)
), need AS MATERIALIZED (
    SELECT account_id, sum(charge) AS total, count(*) AS entries
    FROM send WHERE charge > 0 GROUP BY account_id
), locked AS MATERIALIZED (
    SELECT b.account_id, n.total, n.entries
    FROM ledger_balance b JOIN need n ON n.account_id = b.account_id
    ORDER BY b.account_id FOR NO KEY UPDATE OF b
), debited AS (
    UPDATE ledger_balance b
    SET available = b.available - l.total, spent = b.spent + l.total,
        entry_count = b.entry_count + l.entries
    FROM locked l
    WHERE b.account_id = l.account_id AND b.available >= l.total
    RETURNING b.account_id, b.available + l.total AS before, b.entry_count - l.entries AS sequence
), accepted AS MATERIALIZED (
    SELECT s.*, (d.before - sum(s.charge) OVER running)::bigint AS available,
           d.sequence + row_number() OVER running AS sequence
    FROM send s JOIN debited d ON d.account_id = s.account_id
    WHERE s.charge > 0
    WINDOW running AS (PARTITION BY s.account_id ORDER BY s.ord)
    UNION ALL
    SELECT s.*, coalesce(b.available, 0), NULL
    FROM send s LEFT JOIN ledger_balance b ON b.account_id = s.account_id
    WHERE s.charge = 0
), batches AS (
    INSERT INTO messaging_batch (
        id, account_id, status, kind, signature, text, extension, reference, send_at, expires_at,
        is_test, refund_rule, accepted_count, segments, rejected, first_message_id, created_at)
    SELECT id, account_id, status, kind, signature, text, extension, reference, send_at,
           expires_at, is_test, refund_rule, accepted_count, segments, rejected,
           first_message_id, created_at
    FROM accepted
), messages AS (
    INSERT INTO messaging_message (id, account_id, batch_id, number, operator, segments, status)
    SELECT m.id, a.account_id, a.id, m.number, m.operator, m.segments, 'QUEUED'
    FROM json_to_recordset($2::json)
         AS m(ord int, id uuid, number text, operator text, segments smallint)
    JOIN accepted a ON a.ord = m.ord
), chunks AS (
    INSERT INTO messaging_chunk (
        id, account_id, batch_id, operator, message_count, is_test, priority, due_at, expires_at)
    SELECT c.id, a.account_id, a.id, c.operator, c.message_count, a.is_test, c.priority,
           coalesce(a.send_at, a.created_at), a.expires_at
    FROM json_to_recordset($3::json)
         AS c(ord int, id uuid, operator text, message_count int, priority smallint)
    JOIN accepted a ON a.ord = c.ord
), entries AS (
    INSERT INTO ledger_ledgerentry (
        id, account_id, sequence, kind, from_bucket, to_bucket, segments, available_after, about,
        about_id, actor, created_at)
    SELECT entry_id, account_id, sequence, 'CAPTURE', 'AVAILABLE', 'SPENT', charge, available,
           'BATCH', replace(id::text, '-', ''), actor, created_at
    FROM accepted WHERE charge > 0
), answers AS (
    INSERT INTO common_storedanswer (scope, key, fingerprint, answer, created_at)
    SELECT CASE WHEN is_test THEN -account_id ELSE account_id END, key, decode(fingerprint, 'hex'),
           answer || jsonb_build_object('available', available), created_at
    FROM accepted WHERE key IS NOT NULL
)
SELECT ord, available FROM accepted
UNION ALL
SELECT ord, -1 FROM asked JOIN changed ON changed.sender = asked.sender
UNION ALL
SELECT -1, NULL FROM (SELECT pg_notify('messaging_queued', '') WHERE $5::bool) waking
"""  # noqa: S608 - put together from constants alone

COPY_MESSAGES = """
COPY messaging_message (id, account_id, batch_id, number, operator, segments, status)
FROM STDIN (FORMAT BINARY)
"""
