"""A consumer that writes down what it is handed, and fails when told to."""

from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import get_args, get_origin
from uuid import UUID

from apps.common import outbox
from apps.common.models import StoredAnswer
from apps.common.outbox import Event, consumers
from apps.common.outbox.events import payload_types
from apps.signatures.events import SignatureApproved

SAMPLES = {
    int: 1,
    bool: True,
    Decimal: Decimal("10000.00"),
    date: date(2026, 4, 1),
    datetime: datetime(2026, 3, 2, 10, 0, tzinfo=UTC),
    UUID: UUID(int=1),
    outbox.Code: "QM20260302001",
    outbox.Written: "青禾科技",
}


class Diary:
    """Writes one row for each event, in the transaction that it is given."""

    def __init__(self, name="diary", events=(Event,)):
        self.consumer = outbox.Consumer(name=name, events=events, handle=self.handle)
        self.failures: list[BaseException] = []
        self.taken = []

    def handle(self, *, event, event_id, at):
        StoredAnswer.objects.create(
            scope=1, key=f"{self.consumer.name}/{event_id}", fingerprint=b"", answer={},
            created_at=at,
        )  # fmt: skip
        if self.failures:
            raise self.failures.pop()
        self.taken.append(event)

    def pages(self):
        return StoredAnswer.objects.filter(key__startswith=f"{self.consumer.name}/").count()


@contextmanager
def reading(*readers):
    """Let only these consumers read what is published."""
    kept = dict(consumers._registered)
    consumers._registered.clear()
    try:
        for reader in readers:
            outbox.register(reader.consumer)
        yield
    finally:
        consumers._registered.clear()
        consumers._registered.update(kept)


def sample(how):
    """Return a value of the type that a fact is declared with."""
    if get_origin(how) is tuple:
        return (sample(get_args(how)[0]),)
    if how in SAMPLES:
        return SAMPLES[how]
    if isinstance(how, type) and issubclass(how, Enum):
        return next(iter(how))
    return sample(get_args(how)[0])  # `X | None`


def event_like(kind, **facts):
    """Return an event of a class, its facts made up where they are not given."""
    made_up = {name: sample(how) for name, how in payload_types(kind).items()}
    envelope = {"partner_id": None, "subject_id": "1"}
    given = {field.name for field in fields(kind)} & set(facts)
    assert given == set(facts), f"{kind.name} has no {set(facts) - given}"
    return kind(**envelope | made_up | facts)


def publish(at, kind=SignatureApproved, **facts):
    defaults = {"partner_id": 7, "account_id": 8, "subject_id": "9"}
    outbox.publish(event_like(kind, **defaults | facts), at=at)
