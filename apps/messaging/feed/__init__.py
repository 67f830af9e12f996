"""What happened to messages, for those who must be told: webhooks and software that asks.

feed.TELL                      what a statement that moves messages adds to itself; it returns MOVED
feed.read(...)                 an account's next changes after a cursor
feed.begin()                   a cursor that begins now
feed.notice_another_cluster()  after a restore or a failover
feed.ensure_partitions(...)    days made ahead; `drop_old` drops what is not kept any more

One statement moves hundreds of messages and tells of them: a row each, and nothing of it by itself.

*Nothing is skipped, nothing comes twice, whatever commits when.* A reader that remembered the last
number it saw would miss what a slower transaction writes under a lower one. So a cursor holds no
number but two snapshots of the database: a window of all that was committed between them. A page
shows the window's changes by their position; when it is through, the next window begins where this
one ended. A snapshot is true to cause and effect, and a position is drawn while the message is
locked, so the changes of one message come in the order in which they happened.

Rejected: reading up to the oldest running transaction (the oldest holds up everybody's news, and
two changes of one message may change places); one counter for all (its row would be the queue of
all workers); an outbox row for each message, with a delivery row for each consumer beside it.
"""

from apps.messaging.feed.epochs import notice_another_cluster
from apps.messaging.feed.keeping import drop_old, ensure_partitions
from apps.messaging.feed.reading import Change, Cursor, Page, StrangeCursorError, begin, read
from apps.messaging.feed.sql import MOVED, TELL

__all__ = [
    "MOVED",
    "TELL",
    "Change",
    "Cursor",
    "Page",
    "StrangeCursorError",
    "begin",
    "drop_old",
    "ensure_partitions",
    "notice_another_cluster",
    "read",
]
