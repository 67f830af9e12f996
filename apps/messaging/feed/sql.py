"""The feed's statements.

A transaction's number is the cluster's own, 48 bits, below the number of the epoch: it goes on
ascending when the database moves to a cluster that counts from below.
"""

# ruff: noqa: S608 - put together from constants alone

EPOCH_BITS = 48  # Ten thousand transactions a second for 890 years; 32 767 epochs fit above.

_EPOCH = "coalesce((SELECT max(epoch) FROM messaging_feedepoch), 0)"

# A part of a statement that has the messages it changed in `moved`. The position is drawn by the
# column's default, for each message after its row was locked.
TELL = f"""
INSERT INTO messaging_statuschange (
    account_id, transaction_number, message_id, batch_id, status, code, happened_at)
SELECT moved.account_id,
       ({_EPOCH}::bigint << {EPOCH_BITS}) + pg_current_xact_id()::text::bigint,
       moved.id, moved.batch_id, moved.status, moved.carrier_code,
       coalesce(moved.finished_at, moved.submitted_at)
FROM moved
"""

# What `TELL` reads of a message.
MOVED = """
m.account_id, m.id, m.batch_id, m.segments, m.status, m.submitted_at, m.finished_at, m.carrier_code
"""

NOW = f"SELECT {_EPOCH}, pg_current_snapshot()::text"


def _was_committed(moment: str) -> str:
    """Tell in SQL whether a row was there at a moment: its own epoch's transactions by snapshot.

    Those of earlier epochs have numbers below zero then and were; those of later ones lie beyond.
    """
    number = f"c.transaction_number - (%({moment}_epoch)s::bigint << {EPOCH_BITS})"
    return f"pg_visible_in_snapshot(greatest({number}, 0)::text::xid8, %({moment})s::pg_snapshot)"


def _bound(moment: str, edge: str) -> str:
    snapshot = f"pg_snapshot_{edge}(%({moment})s::pg_snapshot)::text::bigint"
    return f"(%({moment}_epoch)s::bigint << {EPOCH_BITS}) + {snapshot}"


# The two bounds are the index's; the snapshots decide about what ran just then.
READ = f"""
SELECT c.position, c.message_id, c.batch_id, c.status, c.code, c.happened_at
FROM messaging_statuschange c
WHERE c.account_id = %(account)s AND c.position > %(after)s
  AND c.transaction_number >= {_bound("since", "xmin")}
  AND c.transaction_number < {_bound("until", "xmax")}
  AND NOT {_was_committed("since")} AND {_was_committed("until")}
ORDER BY c.position LIMIT %(limit)s
"""

# Not a cluster's name alone: a restore to a point in time and a failover begin a new timeline.
CLUSTER = """
SELECT s.system_identifier::text || '/' || c.timeline_id
FROM pg_control_system() s, pg_control_checkpoint() c
"""

BEGIN_EPOCH = """
INSERT INTO messaging_feedepoch (epoch, cluster, began_at)
SELECT coalesce(max(epoch), 0) + 1, %(cluster)s::text, statement_timestamp() FROM messaging_feedepoch
HAVING (array_agg(cluster ORDER BY epoch DESC))[1] IS DISTINCT FROM %(cluster)s::text
ON CONFLICT (epoch) DO NOTHING RETURNING epoch
"""
