"""Writing news down."""

import json
from datetime import datetime

from django.db import connection

from apps.common import ids, jobs
from apps.common.models import OutboxDelivery, OutboxEvent
from apps.common.outbox import consumers, encoding
from apps.common.outbox.events import Event

MAX_PAYLOAD_BYTES = 8_192  # what a reader needs to know about the subject, never the subject itself


class NotInTransactionError(RuntimeError):
    """News was published outside the transaction of what it tells of."""


def publish(event: Event, *, at: datetime) -> None:
    """Write an event and a delivery for each of its consumers, and enqueue the task.

    Its facts go out to partners' people and software: no secrets, no phone numbers.

    Raises:
        NotInTransactionError: no transaction is open.
        TypeError: a fact is not what its class declares, such as a text that is still translated.
        ValueError: the payload is larger than 8 KiB, or a code is none.
    """
    if not connection.in_atomic_block:
        raise NotInTransactionError(event.name)
    payload = encoding.payload_of(event)
    if len(json.dumps(payload).encode()) > MAX_PAYLOAD_BYTES:
        raise ValueError(event.name)
    row = OutboxEvent.objects.create(
        id=ids.uuid7(at),
        name=event.name,
        partner_id=event.partner_id,
        account_id=event.account_id,
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        payload=payload,
        created_at=at,
    )
    readers = consumers.of_event(type(event))
    OutboxDelivery.objects.bulk_create(
        [OutboxDelivery(event=row, consumer=reader.name, due_at=at) for reader in readers]
    )
    if readers:
        jobs.defer("apps.common.tasks.deliver_event", event_id=str(row.pk))
