"""Queued messages, put where the send path puts them: batch, messages, chunks and the charge."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import factory
from django.db import transaction

from apps.audit.actors import SYSTEM
from apps.carriers.choices import Protocol
from apps.carriers.models import Connector, Route
from apps.common import clock, ids
from apps.ledger import locks
from apps.ledger.services import entries
from apps.ledger.services.credits import recharge
from apps.messaging.models import Batch, Chunk, Message
from apps.partners.models import Account

ORDINARY = "13800137777"  # delivered within a second


class ConnectorFactory(factory.django.DjangoModelFactory):
    """A connection to a simulator."""

    class Meta:
        model = Connector

    name = factory.Sequence("模拟通道{}".format)
    protocol = Protocol.SIMULATOR
    url = "http://127.0.0.1:9"


class RouteFactory(factory.django.DjangoModelFactory):
    """A route for China Mobile's numbers."""

    class Meta:
        model = Route

    operator = "MOBILE"
    connector = factory.SubFactory(ConnectorFactory)
    priority = factory.Sequence(lambda number: number)


@transaction.atomic
def queue(account: Account, numbers: Sequence[str] = (ORDINARY,), **overrides: Any) -> Batch:
    """Queue one text to `numbers`, a segment each, charged unless it is a test.

    `chunk_size` cuts it into chunks, `personal` gives each message a text of its own; anything
    else is a field of the batch.
    """
    at: datetime = overrides.pop("at", None) or clock.now()
    chunk_size: int = overrides.pop("chunk_size", 500)
    operator: str = overrides.pop("operator", "MOBILE")
    priority: int = overrides.pop("priority", 1)
    personal: Sequence[str | None] = overrides.pop("personal", None) or [None] * len(numbers)
    first = ids.uuid7_run(at)
    fields = {
        "id": ids.uuid7(at),
        "account": account,
        "status": "QUEUED",
        "kind": "notice",
        "signature": "青禾软件",
        "text": "您的订单已发货。",
        "expires_at": at + timedelta(days=1),
        "refund_rule": "on_failure",
        "accepted_count": len(numbers),
        "segments": len(numbers),
        "first_message_id": UUID(int=first),
        "created_at": at,
    }
    batch = Batch.objects.create(**fields | overrides)
    Message.objects.bulk_create(
        Message(
            id=UUID(int=first + place),
            account=account,
            batch=batch,
            number=number,
            operator=operator,
            segments=1,
            status="QUEUED",
            text=personal[place],
        )
        for place, number in enumerate(numbers)
    )
    Chunk.objects.bulk_create(
        Chunk(
            id=UUID(int=first + start),
            account=account,
            batch_id=batch.id,
            operator=operator,
            message_count=min(chunk_size, len(numbers) - start),
            is_test=batch.is_test,
            priority=priority,
            due_at=batch.send_at or at,
            expires_at=batch.expires_at,
        )
        for start in range(0, len(numbers), chunk_size)
    )
    if not batch.is_test:
        charge(account, batch, at)
    return batch


def charge(account: Account, batch: Batch, at: datetime) -> None:
    """Recharge the account with what the batch costs, and spend it."""
    recharge(account_id=account.pk, segments=batch.segments, recharge_id=1, by=SYSTEM, at=at)
    movement = entries.Movement(
        kind="CAPTURE",
        from_bucket="AVAILABLE",
        to_bucket="SPENT",
        segments=batch.segments,
        about="BATCH",
        about_id=batch.id.hex,
        actor=SYSTEM.label,
    )
    entries.post(locks.balances([account.pk])[account.pk], movement, at=at)
