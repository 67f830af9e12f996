"""What the pages of recharges show: how to pay, what is still to be paid, and one recharge whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from apps.agreements.models import Agreement
from apps.common.clock import local_date
from apps.partners.models import Gateway, Partner
from apps.portal.recharges.payments import serial_of
from apps.recharges.choices import ExpectedStatus, RechargeStatus, ReversalStatus
from apps.recharges.models import ExpectedRecharge, Lot, Recharge, Remittance, Reversal
from apps.users.models import User


@dataclass(frozen=True, kw_only=True, slots=True)
class WayToPay:
    """Where to remit to.

    Attributes:
        holder: the name that the bank has for the account.
        code: what to write into the remark; empty while the partner has no account.
    """

    holder: str
    bank_name: str
    bank_account: str
    code: str


def way_to_pay(partner: Partner) -> WayToPay | None:
    """Return where a partner remits to; None until the gateway has filled its particulars in."""
    gateway = Gateway.objects.first()
    if gateway is None or not (gateway.name and gateway.bank_name and gateway.bank_account):
        return None
    own = partner.accounts.filter(customer=None).first()
    return WayToPay(
        holder=gateway.name,
        bank_name=gateway.bank_name,
        bank_account=gateway.bank_account,
        code=own.code if own else "",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownExpected:
    """A first recharge that an agreement calls for, and is still to be paid."""

    expected: ExpectedRecharge
    agreement: Agreement | None
    today: date

    @property
    def is_overdue(self) -> bool:
        """Whether the day on which it was due is past."""
        return self.expected.due_on < self.today


def expected_of(user: User, *, at: datetime) -> list[ShownExpected]:
    """Return the first recharges that the person's partner still owes, the longest due first."""
    rows = ExpectedRecharge.objects.visible_to(user).filter(status=ExpectedStatus.OPEN)
    found = list(rows.select_related("account").order_by("due_on", "pk"))
    numbers = [each.agreement_number for each in found]
    known = Agreement.objects.visible_to(user).filter(number__in=numbers) if numbers else []
    agreements = {each.number: each for each in known}
    return [
        ShownExpected(
            expected=each,
            agreement=agreements.get(each.agreement_number),
            today=local_date(at),
        )
        for each in found
    ]


def owed_by(user: User) -> list[Reversal]:
    """Return the reversals whose spent segments the partner still owes, the oldest first."""
    return list(Reversal.objects.visible_to(user).owed().select_related("recharge__account"))


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownRecharge:
    """A recharge with what it was paid by, what is left of it, and what was taken back."""

    recharge: Recharge
    slips: Sequence[Remittance]
    lots: Sequence[Lot]
    reversal: Reversal | None

    @property
    def is_credited(self) -> bool:
        """Whether its segments stand in the account, or stood there."""
        return self.recharge.status != RechargeStatus.PENDING

    @property
    def is_reversed(self) -> bool:
        """Whether it was taken back."""
        return self.recharge.status == RechargeStatus.REVERSED

    @property
    def is_disputed(self) -> bool:
        """Whether the gateway asks for it back, and that is not decided."""
        return self.reversal is not None and self.reversal.status == ReversalStatus.PENDING

    @property
    def bank_serial(self) -> str:
        """The number by which the bank knows its money; empty where it has none."""
        return serial_of(self.recharge.bank_entry)

    @property
    def has_receipt(self) -> bool:
        """Whether its receipt was made, or can be."""
        return self.recharge.status == RechargeStatus.CONFIRMED or hasattr(self.recharge, "receipt")

    @property
    def remaining_segments(self) -> int:
        """What is left of it, in all accounts that it went to."""
        return sum(each.remaining_segments for each in self.lots)

    @property
    def entry_number(self) -> int | None:
        """The number of the ledger's entry that credited it."""
        return next((lot.arrived_sequence for lot in self.lots if lot.parent_id is None), None)

    @property
    def ledger_before(self) -> int | None:
        """From below which number the ledger is shown so that its entry comes first."""
        return self.entry_number + 1 if self.entry_number is not None else None


def shown_recharge(recharge: Recharge) -> ShownRecharge:
    """Read all that is told of a recharge."""
    slips = Remittance.objects.filter(match=recharge.match_id) if recharge.match_id else None
    lots = Lot.objects.filter(recharge=recharge).select_related("account__customer")
    taken = recharge.reversals.exclude(status=ReversalStatus.DECLINED)
    return ShownRecharge(
        recharge=recharge,
        slips=list(slips.order_by("pk")) if slips is not None else [],
        lots=list(lots.order_by("pk")),
        reversal=taken.first(),
    )
