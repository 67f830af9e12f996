"""Payments as they are answered: those reported, and money found that nobody reported."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from apps.api import numbered, published
from apps.api.answers import Answer, From, Yuan, list_of, one_of
from apps.common.clock import local_date
from apps.recharges import models
from apps.recharges.choices import RechargeStatus, RemittanceStatus
from apps.recharges.models import Remittance
from apps.recharges.queries import payments

STATUSES = [*published.names(RemittanceStatus), "reversed"]
RECHARGE_STATUSES = list(published.names(RechargeStatus))
_STATUS_OF_UNREPORTED = {
    RechargeStatus.PENDING: "matched",
    RechargeStatus.CONFIRMED: "credited",
    RechargeStatus.REVERSED: "reversed",
}
of = From(models.Recharge)
of_remittance = From(Remittance)


class Recharge(Answer):
    """Segments credited for money found: amount = segments × unit_price + remainder."""

    id: str = of(lambda row: numbered.public(payments.RECHARGE, row.pk))
    number: str = Field(description="What receipts and statements call it by.")
    status: Annotated[str, one_of(RECHARGE_STATUSES)]
    amount: Yuan = of(lambda row: row.amount_yuan, description="Yuan.")
    segments: int
    unit_price: Yuan = of(lambda row: row.unit_price_yuan, description="Yuan per segment.")
    remainder: Yuan = of(
        lambda row: row.remainder_yuan,
        description="Yuan that did not make a whole segment.",
    )
    credited_at: datetime | None = of(lambda row: row.confirmed_at)
    owed_segments: int = of(
        lambda row: sum(each.outstanding_segments for each in row.reversals.all()),
        description="Of a reversed one: spent before, and not yet brought back by later recharges.",
    )


class Payment(Answer):
    """A payment that was reported, or money that was found without a report."""

    id: str = of_remittance(lambda row: numbered.public(payments.REMITTANCE, row.pk))
    status: Annotated[str, one_of(STATUSES)]
    amount: Yuan = of_remittance(lambda row: row.amount_yuan, description="Yuan.")
    paid_on: date
    payer: str
    bank_reference: str
    reason: str = of_remittance(
        lambda row: row.status_reason, description="Why it was rejected or withdrawn."
    )
    cure: str = of_remittance(lambda row: row.remedy, description="What to do about it.")
    recharges: list[Recharge] = of_remittance.part(
        lambda row: sorted(row.match.recharges.all(), key=_by_number) if row.match else []
    )
    created_at: datetime = of_remittance(lambda row: row.entered_at)


PaymentList = list_of(Payment, "PaymentList", "A page of payments.")


def payment(row: Remittance | models.Recharge) -> dict[str, Any]:
    """Return a payment that was reported, or one that was found; the recharges are loaded."""
    if isinstance(row, Remittance):
        return Payment.show(row)
    return Payment.show(
        row,
        id=numbered.public(payments.RECHARGE, row.pk),
        status=_STATUS_OF_UNREPORTED[RechargeStatus(row.status)],
        paid_on=local_date(row.bank_entry.received_at),
        payer=row.bank_entry.payer,
        bank_reference=row.bank_entry.serial,
        reason="",
        cure="",
        recharges=[row],
    )


def newest(
    account_id: int, *, before: payments.Key | None, most: int
) -> list[Remittance | models.Recharge]:
    """Return at most so many payments of an account, the newest first."""
    reported = Remittance.objects.filter(account=account_id)
    unreported = models.Recharge.objects.filter(payments.UNREPORTED, account=account_id)
    return payments.newest(
        reported.prefetch_related("match__recharges__reversals"),
        unreported.select_related("bank_entry").prefetch_related("reversals"),
        before=before,
        most=most,
    )


def _by_number(row: models.Recharge) -> int:
    return row.pk
