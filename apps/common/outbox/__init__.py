"""News for apps above: a row written in the transaction of what it tells of.

    class SignatureApproved(Event): ...                     in `events.py` of the app that knows
    outbox.publish(SignatureApproved(...), at=at)           in its service, inside the transaction
    outbox.register(Consumer(name="notices", events=...))   in `consumers.py` of the app that reads

*Why classes.* A consumer gets the object that was published, with days and amounts that are what
they are. What is stored is its facts and codes; sentences are written where somebody reads them, in
that reader's language. A row that earlier code left is read by the same class: what it does not
declare is dropped, so facts are added with a default and never renamed.

*Why rows.* The news and the change are there together or not at all; nobody below imports anybody
above; and a consumer that fails or is slow does not hold up the writer.

*Why a delivery row per consumer, made with the event.* Each consumer handles each event exactly
once: its delivery is marked in the transaction of its own rows. A consumer gets what is published
from its first start on, never what is older.

*Why two transactions for an attempt.* The first counts the attempt and puts the next one off; the
second locks the delivery and handles the event. So an event that kills its process is counted like
any other failure, and waits its turn instead of being the first again. Attempts are spaced out over
two days, then it is given up until somebody presses Retry in the admin.

*Why a task and a sweep.* The task is enqueued with the event and runs at once; the sweep of every
minute repeats what failed, and finds what a lost task left. `SKIP LOCKED` lets any number of
workers do both.

Events of one consumer may be handled out of order. Their ids are ordered by time (UUIDv7), and a
handler that minds reads the present state rather than the payload.
"""

from apps.common.outbox.consumers import Consumer, register
from apps.common.outbox.delivery import deliver_due
from apps.common.outbox.encoding import JSON
from apps.common.outbox.events import Code, Event, UnknownEventError, Written
from apps.common.outbox.publishing import NotInTransactionError, publish

__all__ = [
    "JSON",
    "Code",
    "Consumer",
    "Event",
    "NotInTransactionError",
    "UnknownEventError",
    "Written",
    "deliver_due",
    "publish",
    "register",
]
