"""A send that has passed every check and waits to be stored: its rows, ready for the statement."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from apps.common import ids
from apps.common.clock import iso
from apps.messaging.choices import PRIORITY, BatchStatus, Kind
from apps.messaging.remembering import Remembered
from apps.messaging.rules import Rejection

CHUNK_MESSAGES = 500  # What a worker hands to a carrier at once, and how much a crash leaves open.
LISTED_MESSAGES = 100  # The answer lists the messages of a send of up to so many recipients.


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """Messages of one operator and one length: consecutive ids from `first` on."""

    operator: str
    segments: int
    first: int
    numbers: Sequence[str]


@dataclass(kw_only=True, slots=True)
class Draft:
    """One send to be stored, with what its caller will be told.

    Attributes:
        runs: its messages, by operator and length, with ids assigned.
        key: the idempotency key and the request's fingerprint, or None.
        remembered: whom the statement has to check, None when the sender was just read.
    """

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
    runs: Sequence[Run]
    rejected: Sequence[Rejection]
    actor: str
    at: datetime
    order: Sequence[str]
    key: str | None = None
    fingerprint: bytes = b""
    remembered: Remembered | None = None
    batch: int = 0
    answer: dict[str, Any] = field(default_factory=dict)

    @property
    def message_count(self) -> int:
        """Count the messages."""
        return sum(len(run.numbers) for run in self.runs)

    @property
    def segments(self) -> int:
        """Count the segments of all messages."""
        return sum(run.segments * len(run.numbers) for run in self.runs)

    @property
    def charge(self) -> int:
        """Return the segments that the account pays: a test costs nothing."""
        return 0 if self.is_test else self.segments

    @property
    def answer_scope(self) -> int:
        """Return the scope of the idempotency key: what was tried with a test key is not done."""
        return -self.account_id if self.is_test else self.account_id

    def finish(self) -> None:
        """Give the batch its id and write down the answer, but for the credit left."""
        self.batch = ids.uuid7_run(self.at)
        scheduled = self.send_at is not None and self.send_at > self.at
        status = BatchStatus.SCHEDULED if scheduled else BatchStatus.QUEUED
        self.answer = {
            "id": f"bat_{self.batch:032x}",
            "status": status.value.lower(),
            "kind": self.kind,
            "signature": self.signature,
            "reference": self.reference,
            "accepted": self.message_count,
            "rejected": [{"to": item.to, "code": item.code} for item in self.rejected],
            "segments": self.segments,
            "available": None,
            "created_at": iso(self.at),
            "send_at": iso(self.send_at) if self.send_at else None,
        }
        if self.message_count <= LISTED_MESSAGES:
            self.answer["messages"] = self._listed()

    def _listed(self) -> list[dict[str, Any]]:
        found = {
            number: {
                "id": f"msg_{run.first + position:032x}",
                "to": number,
                "network": run.operator.lower(),
                "segments": run.segments,
                "status": "queued",
            }
            for run in self.runs
            for position, number in enumerate(run.numbers)
        }
        return [found[number] for number in self.order]

    def batch_row(self) -> dict[str, Any]:
        """Return the row of the batch."""
        return {
            "id": f"{self.batch:032x}",
            "account_id": self.account_id,
            "status": self.answer["status"].upper(),
            "kind": self.kind,
            "signature": self.signature,
            "text": self.text,
            "extension": self.extension,
            "reference": self.reference,
            "send_at": self.send_at,
            "expires_at": self.expires_at,
            "is_test": self.is_test,
            "refund_rule": self.refund_rule,
            "accepted_count": self.answer["accepted"],
            "segments": self.answer["segments"],
            "rejected": self.answer["rejected"],
            "first_message_id": f"{self.runs[0].first:032x}",
            "created_at": self.at,
        }

    def message_rows(self) -> list[dict[str, Any]]:
        """Return the rows of the messages."""
        return [
            {
                "id": f"{run.first + position:032x}",
                "account_id": self.account_id,
                "batch_id": f"{self.batch:032x}",
                "number": number,
                "operator": run.operator,
                "segments": run.segments,
            }
            for run in self.runs
            for position, number in enumerate(run.numbers)
        ]

    def chunk_rows(self) -> list[dict[str, Any]]:
        """Return the rows of the chunks: at most `CHUNK_MESSAGES` messages each."""
        return [
            {
                "id": f"{run.first + start:032x}",
                "account_id": self.account_id,
                "batch_id": f"{self.batch:032x}",
                "operator": run.operator,
                "message_count": min(CHUNK_MESSAGES, len(run.numbers) - start),
                "is_test": self.is_test,
                "priority": PRIORITY[Kind(self.kind)],
                "due_at": self.send_at or self.at,
                "expires_at": self.expires_at,
            }
            for run in self.runs
            for start in range(0, len(run.numbers), CHUNK_MESSAGES)
        ]

    def entry_row(self, *, charged: int, place: int) -> dict[str, Any]:
        """Return the row of the ledger entry.

        Args:
            charged: segments that its account's sends in the statement come to with this one.
            place: which of its account's entries in the statement this is, from 1.
        """
        return {
            "id": f"{self.batch + 1:032x}",
            "account_id": self.account_id,
            "place": place,
            "segments": self.charge,
            "charged": charged,
            "about_id": f"{self.batch:032x}",
            "actor": self.actor,
            "created_at": self.at,
        }

    def answer_row(self, *, charged: int) -> dict[str, Any]:
        """Return the row of the answer under the idempotency key; `charged` as for the entry."""
        return {
            "account_id": self.account_id,
            "scope": self.answer_scope,
            "key": self.key,
            "fingerprint": self.fingerprint.hex(),
            "answer": self.answer,
            "charged": charged,
            "created_at": self.at,
        }


def number_runs(groups: dict[tuple[str, int], list[str]], at: datetime) -> list[Run]:
    """Give the messages of each (operator, segments) consecutive ids, one run after another."""
    first = ids.uuid7_run(at)
    runs = []
    for (operator, segments), numbers in groups.items():
        runs.append(Run(operator=operator, segments=segments, first=first, numbers=numbers))
        first += len(numbers)
    return runs
