"""A send that has passed every check and waits to be stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from apps.common import ids
from apps.messaging.accepting.remembering import Remembered
from apps.messaging.rules import Rejection


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageRange:
    """Messages of one operator and one length: consecutive ids from `first` on."""

    operator: str
    segments: int
    first: int
    numbers: Sequence[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """One send to be stored: facts alone, each id assigned.

    Its rows are made by `rows`, what its caller is told by `answers`.

    Attributes:
        batch: the batch's id; the next one is its ledger entry's.
        ranges: its messages, by operator and length.
        order: the numbers as the caller named them.
        key: the idempotency key and the request's fingerprint, or None.
        remembered: whom the statement has to check, None when the sender was just read.
    """

    batch: int
    account_id: int
    kind: str
    signature: str
    text: str
    extension: str
    reference: str | None
    send_at: datetime | None
    expires_at: datetime
    is_test: bool
    refund_rule: str
    ranges: Sequence[MessageRange]
    rejected: Sequence[Rejection]
    order: Sequence[str]
    actor: str
    at: datetime
    key: str | None = None
    fingerprint: bytes = b""
    remembered: Remembered | None = None

    @property
    def message_count(self) -> int:
        """Count the messages."""
        return sum(len(messages.numbers) for messages in self.ranges)

    @property
    def segments(self) -> int:
        """Count the segments of all messages."""
        return sum(messages.segments * len(messages.numbers) for messages in self.ranges)

    @property
    def charge(self) -> int:
        """Return the segments that the account pays: a test costs nothing."""
        return 0 if self.is_test else self.segments

    @property
    def answer_scope(self) -> int:
        """Return the scope of the idempotency key: what was tried with a test key is not done."""
        return -self.account_id if self.is_test else self.account_id


def number_ranges(
    groups: Mapping[tuple[str, int], Sequence[str]], at: datetime
) -> list[MessageRange]:
    """Give the messages of each (operator, segments) consecutive ids, one range after another."""
    first = ids.uuid7_run(at)
    ranges = []
    for (operator, segments), numbers in groups.items():
        ranges.append(
            MessageRange(operator=operator, segments=segments, first=first, numbers=numbers)
        )
        first += len(numbers)
    return ranges
