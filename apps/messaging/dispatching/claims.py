"""What a worker holds while it hands messages over: chunks under lease and their messages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self
from uuid import UUID

from apps.carriers.connectors.base import Answer, CarrierConnector, Outgoing


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenConnector:
    """A connector in the hands of one thread of a worker.

    Attributes:
        worker: names the thread in the leases it takes.
    """

    connector_id: int
    carrier: CarrierConnector
    worker: str


class ClaimedChunk(NamedTuple):
    """A chunk under lease; `attempts` counts the times it was claimed for sending."""

    id: UUID
    account_id: int
    batch_id: UUID
    message_count: int
    operator: str
    is_test: bool
    route_id: int
    attempts: int

    @property
    def last(self) -> UUID:
        """Return the id of its last message."""
        return UUID(int=self.id.int + self.message_count - 1)


@dataclass(slots=True)
class Claim:
    """ClaimedChunk chunks with those of their messages that are still queued.

    Attributes:
        place_of: a message's id → the place of its chunk.
    """

    chunks: Sequence[ClaimedChunk]
    messages: list[Outgoing] = field(default_factory=list)
    place_of: dict[UUID, int] = field(default_factory=dict)

    def chunk_of(self, reference: UUID) -> ClaimedChunk:
        """Return the chunk of a message."""
        return self.chunks[self.place_of[reference]]

    def open_chunks(self, answers: Iterable[Answer]) -> list[ClaimedChunk]:
        """Return the chunks with a message that is not among `answers`."""
        missing = self.place_of.keys() - {answer.reference for answer in answers}
        return [self.chunks[place] for place in sorted({self.place_of[one] for one in missing})]

    def split(self) -> list[Self]:
        """Return one piece of work for each chunk."""
        pieces = [type(self)([chunk]) for chunk in self.chunks]
        for message in self.messages:
            piece = pieces[self.place_of[message.reference]]
            piece.messages.append(message)
            piece.place_of[message.reference] = 0
        return pieces


def id_ranges(chunks: Iterable[ClaimedChunk]) -> dict[str, Any]:
    """Return the id ranges of chunks as the statements take them."""
    listed = list(chunks)
    return {
        "accounts": [chunk.account_id for chunk in listed],
        "firsts": [chunk.id for chunk in listed],
        "lasts": [chunk.last for chunk in listed],
        "batches": [chunk.batch_id for chunk in listed],
    }
