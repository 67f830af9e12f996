"""Writing news down."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from apps.common import ids, jobs
from apps.common.models import OutboxDelivery, OutboxEvent
from apps.common.outbox import consumers

JSON: TypeAlias = "str | int | bool | Sequence[JSON] | Mapping[str, JSON] | None"
MAX_PAYLOAD_BYTES = 8_192  # what a reader needs to know about the subject, never the subject itself


class NotInTransactionError(RuntimeError):
    """News was published outside the transaction of what it tells of."""


def publish(
    *,
    event: str,
    partner_id: int | None,
    account_id: int | None = None,
    subject_kind: str,
    subject_id: str,
    payload: Mapping[str, JSON],
    at: datetime,
) -> None:
    """Write an event and a delivery for each of its consumers, and enqueue the task.

    The payload goes out to partners' people and software: no secrets, no phone numbers.

    Raises:
        NotInTransactionError: no transaction is open.
        ValueError: the payload is larger than 8 KiB or no JSON.
    """
    if not connection.in_atomic_block:
        raise NotInTransactionError(event)
    if len(json.dumps(payload, cls=DjangoJSONEncoder).encode()) > MAX_PAYLOAD_BYTES:
        raise ValueError(event)
    row = OutboxEvent.objects.create(
        id=ids.uuid7(at),
        name=event,
        partner_id=partner_id,
        account_id=account_id,
        subject_kind=subject_kind,
        subject_id=subject_id,
        payload=dict(payload),
        created_at=at,
    )
    readers = consumers.of_event(event)
    OutboxDelivery.objects.bulk_create(
        [OutboxDelivery(event=row, consumer=reader.name, due_at=at) for reader in readers]
    )
    if readers:
        jobs.defer("apps.common.tasks.deliver_event", event_id=str(row.pk))
