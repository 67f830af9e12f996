"""Payments as the interface shows them: those reported, and money found that nobody reported."""

from typing import Any

from apps.api import numbered
from apps.api.written import yuan
from apps.common.clock import iso, local_date
from apps.recharges.choices import RechargeStatus
from apps.recharges.models import Recharge, Remittance
from apps.recharges.queries import payments

_STATUS_OF_UNREPORTED = {
    RechargeStatus.PENDING: "matched",
    RechargeStatus.CONFIRMED: "credited",
    RechargeStatus.REVERSED: "reversed",
}


def newest(
    account_id: int, *, before: payments.Key | None, most: int
) -> list[Remittance | Recharge]:
    """Return at most so many payments of an account, the newest first."""
    reported = Remittance.objects.filter(account=account_id)
    unreported = Recharge.objects.filter(payments.UNREPORTED, account=account_id)
    return payments.newest(
        reported.prefetch_related("match__recharges__reversals"),
        unreported.select_related("bank_entry").prefetch_related("reversals"),
        before=before,
        most=most,
    )


def shown(row: Remittance | Recharge) -> dict[str, Any]:
    """Return a payment as the interface shows it."""
    if isinstance(row, Remittance):
        return _reported(row)
    return {
        "id": numbered.public(payments.RECHARGE, row.pk),
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


def _reported(row: Remittance) -> dict[str, Any]:
    recharges = sorted(row.match.recharges.all(), key=lambda each: each.pk) if row.match else []
    return {
        "id": numbered.public(payments.REMITTANCE, row.pk),
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
        "id": numbered.public(payments.RECHARGE, row.pk),
        "number": row.number,
        "status": row.status.lower(),
        "amount": yuan(row.amount_yuan),
        "segments": row.segments,
        "unit_price": yuan(row.unit_price_yuan),
        "remainder": yuan(row.remainder_yuan),
        "credited_at": iso(row.confirmed_at) if row.confirmed_at else None,
        "owed_segments": sum(each.outstanding_segments for each in row.reversals.all()),
    }
