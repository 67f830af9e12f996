"""One list of payments: those that were reported, and money found that nobody reported."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from apps.recharges.models import Recharge, Remittance

REMITTANCE, RECHARGE = "rem", "rch"
UNREPORTED = Q(match=None) | Q(match__remittances=None)  # of recharges


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """The place of a payment in the list: its moment, then its kind and number."""

    at: datetime
    kind: str
    number: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()} {self.kind} {self.number}"

    @classmethod
    def of(cls, row: Remittance | Recharge) -> "Key":
        """Return the place of a payment."""
        kind = REMITTANCE if isinstance(row, Remittance) else RECHARGE
        return cls(row.entered_at, kind, row.pk)

    @classmethod
    def read(cls, text: str) -> "Key":
        """Read the key of a cursor.

        Raises:
            ValueError: it is not one that we gave.
        """
        at, kind, number = text.split(" ")
        key = cls(datetime.fromisoformat(at), kind, int(number))
        if str(key) != text or kind not in {REMITTANCE, RECHARGE} or key.at.tzinfo is None:
            raise ValueError(text)
        return key


def newest(
    reported: QuerySet[Remittance],
    unreported: QuerySet[Recharge],
    *,
    before: Key | None,
    most: int,
) -> list[Remittance | Recharge]:
    """Return at most so many payments of two querysets as one list, the newest first."""
    rows: list[Remittance | Recharge] = [
        *_newest(reported, REMITTANCE, before, most),
        *_newest(unreported, RECHARGE, before, most),
    ]
    return sorted(rows, key=Key.of, reverse=True)[:most]


def _newest(rows: QuerySet[Any], kind: str, before: Key | None, most: int) -> list[Any]:
    if before is not None:
        older = Q(entered_at__lt=before.at)
        if kind == before.kind:
            older |= Q(entered_at=before.at, pk__lt=before.number)
        elif kind < before.kind:
            older |= Q(entered_at=before.at)
        rows = rows.filter(older)
    return list(rows.order_by("-entered_at", "-pk")[:most])
