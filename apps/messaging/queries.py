"""Reads of batches and messages as partners and staff ask for them.

Every read of one account's messages names the account and, where it can, a range of ids: that is
the primary key, and it leaves all partitions but the ones meant aside.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, QuerySet

from apps.common import ids
from apps.common.errors import NotFoundError
from apps.messaging.models import Batch, Message, Receipt


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageFilter:
    """What a list of messages is narrowed to; empty fields narrow nothing."""

    status: str = ""
    number: str = ""
    reference: str = ""
    signature: str = ""
    since: datetime | None = None
    until: datetime | None = None


def list_messages(
    account_id: int, chosen: MessageFilter, *, before: uuid.UUID | None, limit: int
) -> list[Message]:
    """Return an account's newest messages before an id, one more than `limit` if there are."""
    rows: QuerySet[Message] = Message.objects.filter(account_id=account_id)
    if before:
        rows = rows.filter(id__lt=before)
    if chosen.since:
        rows = rows.filter(id__gte=ids.floor(chosen.since))
    if chosen.until:
        rows = rows.filter(id__lt=ids.floor(chosen.until))
    rows = _narrow(rows, account_id, chosen)
    return with_batches(list(rows.order_by("-id")[: limit + 1]))


def list_newest_ids(
    account_ids: Sequence[int],
    *,
    first: uuid.UUID,
    below: uuid.UUID,
    status: str = "",
    number: str = "",
    limit: int,
) -> list[uuid.UUID]:
    """Return the ids of some accounts' newest messages from `first` on, below another id.

    Each account is read from the end of its own index, so the cost depends on `limit` and the
    number of accounts, not on how many messages there are.
    """
    conditions = ["id >= %s", "id < %s"]
    values: list[uuid.UUID | str] = [first, below]
    for column, value in (("status", status), ("number", number)):
        if value:
            conditions.append(f"{column} = %s")
            values.append(value)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT newest.id FROM unnest(%s::bigint[]) AS owner (account_id)
            CROSS JOIN LATERAL (
                SELECT id FROM messaging_message
                WHERE account_id = owner.account_id AND {" AND ".join(conditions)}
                ORDER BY id DESC LIMIT %s
            ) AS newest
            ORDER BY newest.id DESC LIMIT %s
            """,  # noqa: S608 - only column names of ours are put in
            [list(account_ids), *values, limit, limit],
        )
        return [identifier for (identifier,) in cursor]


def _narrow(rows: QuerySet[Message], account_id: int, chosen: MessageFilter) -> QuerySet[Message]:
    if chosen.status:
        rows = rows.filter(status=chosen.status)
    if chosen.number:
        rows = rows.filter(number=chosen.number)
    if chosen.reference:
        rows = rows.filter(batch__account_id=account_id, batch__reference=chosen.reference)
    if chosen.signature:
        rows = rows.filter(batch__account_id=account_id, batch__signature=chosen.signature)
    return rows


def with_batches(messages: list[Message]) -> list[Message]:
    """Attach their batches with one query, by the batches' own primary key."""
    keys = {(message.account_id, message.batch_id) for message in messages}
    batches = Batch.objects.filter(
        account_id__in={account_id for account_id, _ in keys},
        id__in={batch_id for _, batch_id in keys},
    )
    by_id = {batch.id: batch for batch in batches}
    for message in messages:
        message.batch = by_id[message.batch_id]
    return messages


def get_message(account_id: int, message_id: uuid.UUID | None) -> Message:
    """Return one message of an account with its batch.

    Raises:
        NotFoundError: there is none, or it is another account's.
    """
    if message_id is None:
        raise NotFoundError
    found = Message.objects.filter(account_id=account_id, id=message_id).first()
    if found is None:
        raise NotFoundError
    return with_batches([found])[0]


def receipts_of(message: Message) -> list[Receipt]:
    """Return what carriers said of a message, in the order in which it happened."""
    rows = Receipt.objects.filter(account_id=message.account_id, message_id=message.id)
    return list(rows.order_by("done_at", "id"))


def get_batch(account_id: int, batch_id: uuid.UUID | None) -> Batch:
    """Return one batch of an account.

    Raises:
        NotFoundError: there is none, or it is another account's.
    """
    if batch_id is None:
        raise NotFoundError
    found = Batch.objects.filter(account_id=account_id, id=batch_id).first()
    if found is None:
        raise NotFoundError
    return found


def messages_of(batch: Batch) -> QuerySet[Message]:
    """Return the messages of a batch: a run of consecutive ids."""
    last = uuid.UUID(int=batch.first_message_id.int + batch.accepted_count - 1)
    return Message.objects.filter(
        account_id=batch.account_id,
        batch_id=batch.id,
        id__gte=batch.first_message_id,
        id__lte=last,
    )


def count_by_status(batch: Batch) -> dict[str, int]:
    """Count a batch's messages by their status."""
    counts = messages_of(batch).order_by().values_list("status").annotate(count=Count("*"))
    return dict(counts)
