"""One list of an account's payments: those reported, and money found that nobody reported."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from apps.api import numbered
from apps.api.money_renderings import yuan
from apps.common.clock import iso, local_date
from apps.recharges.choices import RechargeStatus
from apps.recharges.models import Recharge, Remittance

REMITTANCE, RECHARGE = "rem", "rch"
_STATUS_OF_UNREPORTED = {
    RechargeStatus.PENDING: "matched",
    RechargeStatus.CONFIRMED: "credited",
    RechargeStatus.REVERSED: "reversed",
}


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """The place of a payment in the list: its moment, then its kind and number."""

    at: datetime
    kind: str
    number: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()} {self.kind} {self.number}"

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
    account_id: int, *, before: Key | None, most: int
) -> list[tuple[Key, Remittance | Recharge]]:
    """Return at most so many payments of an account, the newest first."""
    reported = Remittance.objects.filter(account=account_id).prefetch_related("match__recharges")
    credited = Recharge.objects.filter(account=account_id).select_related("bank_entry")
    unreported = credited.filter(Q(match=None) | Q(match__remittances=None))
    rows = [
        *_newest(reported, REMITTANCE, before, most),
        *_newest(unreported, RECHARGE, before, most),
    ]
    return sorted(rows, key=lambda row: row[0], reverse=True)[:most]


def shown(row: Remittance | Recharge) -> dict[str, Any]:
    """Return a payment as the interface shows it."""
    if isinstance(row, Remittance):
        return _reported(row)
    return {
        "id": numbered.public(RECHARGE, row.pk),
        "status": _STATUS_OF_UNREPORTED[RechargeStatus(row.status)],
        "amount": yuan(row.amount_yuan),
        "paid_on": local_date(row.bank_entry.received_at).isoformat(),
        "payer": row.bank_entry.payer,
        "bank_reference": row.bank_entry.serial,
        "reason": "",
        "cure": "",
        "recharges": [_recharge(row)],
        "created_at": iso(row.entered_at),
    }


def _newest(
    rows: QuerySet[Any], kind: str, before: Key | None, most: int
) -> list[tuple[Key, Remittance | Recharge]]:
    if before is not None:
        same = Q(entered_at=before.at, pk__lt=before.number) if kind == before.kind else Q(pk=None)
        if kind < before.kind:
            same = Q(entered_at=before.at)
        rows = rows.filter(Q(entered_at__lt=before.at) | same)
    ordered = rows.order_by(F("entered_at").desc(), "-pk")
    return [(Key(row.entered_at, kind, row.pk), row) for row in ordered[:most]]


def _reported(row: Remittance) -> dict[str, Any]:
    recharges = sorted(row.match.recharges.all(), key=lambda each: each.pk) if row.match else []
    return {
        "id": numbered.public(REMITTANCE, row.pk),
        "status": row.status.lower(),
        "amount": yuan(row.amount_yuan),
        "paid_on": row.paid_on.isoformat(),
        "payer": row.payer,
        "bank_reference": row.bank_reference,
        "reason": row.status_reason,
        "cure": row.remedy,
        "recharges": [_recharge(each) for each in recharges],
        "created_at": iso(row.entered_at),
    }


def _recharge(row: Recharge) -> dict[str, Any]:
    return {
        "id": numbered.public(RECHARGE, row.pk),
        "status": row.status.lower(),
        "amount": yuan(row.amount_yuan),
        "segments": row.segments,
        "unit_price": yuan(row.unit_price_yuan),
        "remainder": yuan(row.remainder_yuan),
        "credited_at": iso(row.confirmed_at) if row.confirmed_at else None,
    }
