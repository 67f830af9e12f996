"""Who reads which events. Each app's `consumers.py` is imported at the start of every process."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from apps.common.outbox.events import Event


class Handle(Protocol):
    """What a consumer does with an event, inside a transaction of the outbox's."""

    def __call__(self, *, event: Event, event_id: UUID, at: datetime) -> None:
        """Write the consumer's own rows; outside calls belong into a task deferred here."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Consumer:
    """Who reads, what, and how.

    Attributes:
        name: stands in the delivery rows; never changed, or what waits is not found any more.
        events: the classes that it takes, each with those below it.
        handle: called once for every event; whatever it raises undoes it, and it is tried again.
    """

    name: str
    events: Collection[type[Event]]
    handle: Handle

    def wants(self, event: type[Event]) -> bool:
        """Tell whether this consumer reads events of that class."""
        return issubclass(event, tuple(self.events))


_registered: dict[str, Consumer] = {}


class UnknownConsumerError(LookupError):
    """A delivery is for a consumer that this process does not have."""


def register(consumer: Consumer) -> None:
    """Make a consumer known; registering the same name again replaces it."""
    _registered[consumer.name] = consumer


def unregister(name: str) -> None:
    """Forget a consumer; what waits for it goes on waiting."""
    _registered.pop(name, None)


def of_name(name: str) -> Consumer:
    """Return a consumer.

    Raises:
        UnknownConsumerError: none is registered under that name.
    """
    if name not in _registered:
        raise UnknownConsumerError(name)
    return _registered[name]


def of_event(event: type[Event]) -> list[Consumer]:
    """Return who reads events of that class."""
    return [consumer for consumer in _registered.values() if consumer.wants(event)]
