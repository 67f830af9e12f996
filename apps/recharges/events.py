"""What is told of money: reported, found, credited, taken back."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from apps.common.outbox import Code, Event, Written
from apps.recharges.choices import ReversalCause


@dataclass(frozen=True, kw_only=True)
class RemittanceEvent(Event):
    """Something happened to what a partner says it paid.

    Attributes:
        reason: why it is not accepted, where it is not.
        remedy: what the partner is asked to do then.
    """

    subject_kind = "remittance"

    amount_yuan: Decimal
    paid_on: date
    payer: Written
    reason: Written = ""
    remedy: Written = ""


@dataclass(frozen=True, kw_only=True)
class RemittanceEntered(RemittanceEvent):
    """A partner reports a payment, or reports a refused one anew."""

    name = "recharge.remittance_entered"


@dataclass(frozen=True, kw_only=True)
class RemittanceRejected(RemittanceEvent):
    """A reported payment is not accepted."""

    name = "recharge.remittance_rejected"


@dataclass(frozen=True, kw_only=True)
class RechargeProposed(Event):
    """A recharge waits for a second person's approval; several of one match are told as one.

    Attributes:
        account: the code of the account that is to be credited.
        due_at: until when.
    """

    name = "approval.recharge"
    subject_kind = "recharge"

    account: Code
    payer: Written
    amount_yuan: Decimal
    segments: int
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class RechargeCredited(Event):
    """Money was turned into segments.

    Attributes:
        remainder_yuan: what was too little for a further segment.
    """

    name = "recharge.credited"
    subject_kind = "recharge"

    number: Code
    account: Code
    amount_yuan: Decimal
    segments: int
    unit_price_yuan: Decimal
    remainder_yuan: Decimal


@dataclass(frozen=True, kw_only=True)
class RechargeOverdue(Event):
    """Money that was found was not credited in time.

    Attributes:
        number: the bank's own serial number of it.
        due_at: until when it was to be credited.
    """

    name = "recharge.overdue"
    subject_kind = "bank_entry"

    number: Written
    payer: Written
    amount_yuan: Decimal
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class ReversalEvent(Event):
    """A recharge is taken back, or is to be.

    Attributes:
        number: of the recharge.
        segments: those that are taken back, or are asked for.
        owed: those that were spent before, and are taken from the next recharge.
        reason: what the person who asked for it gave as the reason.
    """

    number: Code
    account: Code
    amount_yuan: Decimal
    segments: int
    owed: int
    cause: ReversalCause
    reason: Written


@dataclass(frozen=True, kw_only=True)
class ReversalRequested(ReversalEvent):
    """A recharge is to be taken back; a second person decides."""

    name = "approval.reversal"
    subject_kind = "reversal"


@dataclass(frozen=True, kw_only=True)
class RechargeReversed(ReversalEvent):
    """A recharge was taken back."""

    name = "recharge.reversed"
    subject_kind = "recharge"
