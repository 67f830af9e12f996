"""What every connector does, and the one error that it raises.

A connector speaks one carrier's protocol and knows nothing of the database. It belongs to one
thread. All connectors pass the contract suite of `tests/carriers/contract.py`.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, NamedTuple, Protocol
from uuid import UUID


class CarrierError(Exception):
    """The carrier could not be reached, or answered a call as a whole with a refusal.

    Attributes:
        permanent: trying again changes nothing before a person does something.
        nothing_taken: the carrier has certainly taken none of the messages, so that they may be
            sent again. When in doubt it is False, and the carrier is asked before any is sent.
    """

    def __init__(self, reason: str, *, permanent: bool, nothing_taken: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent
        self.nothing_taken = nothing_taken or permanent


class Outgoing(NamedTuple):
    """One message as it goes to a carrier; `reference` is our id of it."""

    reference: UUID
    number: str
    text: str
    extension: str = ""


class Answer(NamedTuple):
    """The carrier's answer for one message: taken under `carrier_id`, or refused with `code`."""

    reference: UUID
    carrier_id: str = ""
    code: str = ""

    @property
    def is_taken(self) -> bool:
        """Tell whether the carrier took the message."""
        return self.carrier_id != ""


class Outcome(StrEnum):
    """What a receipt says became of a message."""

    DELIVERED = "DELIVERED"
    UNDELIVERED = "UNDELIVERED"
    UNKNOWN = "UNKNOWN"


class CarrierReceipt(NamedTuple):
    """The carrier's word on one message that it took."""

    carrier_id: str
    outcome: Outcome
    code: str
    done_at: datetime


class ReceiptPage(NamedTuple):
    """Some receipts in the carrier's order, and where the next page begins."""

    receipts: list[CarrierReceipt]
    cursor: str


class CarrierConnector(Protocol):
    """A connection to a carrier.

    Attributes:
        most_messages: how many messages one `submit` takes.
    """

    most_messages: ClassVar[int]

    def submit(self, messages: Sequence[Outgoing]) -> list[Answer]:
        """Hand messages over and return the answers, in any order.

        A message without an answer has an unknown fate: the carrier is asked before it is sent
        again.

        Raises:
            CarrierError: none was answered.
        """

    def look_up(self, references: Sequence[UUID]) -> list[Answer]:
        """Return the answers for those of `references` that the carrier has seen.

        Raises:
            CarrierError: the carrier could not be asked.
        """

    def fetch_receipts(self, *, cursor: str, limit: int) -> ReceiptPage:
        """Return up to `limit` receipts after `cursor`, which is empty at first.

        The same cursor gives the same receipts again: nothing is taken off the carrier's list.

        Raises:
            CarrierError: the carrier could not be asked.
        """

    def close(self) -> None:
        """Give up the connection."""
