"""One list of a partner's payments: those that it reported, and money found that nobody reported."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.db.models import Prefetch, Q, QuerySet, TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.common.clock import local_date
from apps.partners.models import Account
from apps.recharges.choices import RechargeStatus
from apps.recharges.models import BankEntry, Recharge, Remittance
from apps.recharges.queries.payments import UNREPORTED, Key, newest
from apps.users.models import User

_Row = TypeVar("_Row", Remittance, Recharge)


class PaymentState(TextChoices):
    """How far a payment has come, whoever told of it."""

    ENTERED = "ENTERED", _("Waits for the money")
    MATCHED = "MATCHED", _("Found, waits for approval")
    CREDITED = "CREDITED", _("Credited")
    REJECTED = "REJECTED", _("Rejected")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    REVERSED = "REVERSED", _("Reversed")


STATE_OF_UNREPORTED: dict[str, PaymentState] = {
    RechargeStatus.PENDING: PaymentState.MATCHED,
    RechargeStatus.CONFIRMED: PaymentState.CREDITED,
    RechargeStatus.REVERSED: PaymentState.REVERSED,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class PaymentFilter:
    """What a list of payments was narrowed to.

    Attributes:
        amount_yuan: what `text` says where it is an amount.
    """

    state: str = ""
    account: Account | None = None
    text: str = ""
    amount_yuan: Decimal | None = None
    before: Key | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Payment:
    """A row of the list: what was reported, or else the money that was found."""

    row: Remittance | Recharge

    @property
    def key(self) -> Key:
        """Its place in the list."""
        return Key.of(self.row)

    @property
    def is_reported(self) -> bool:
        """Whether the partner told of it."""
        return isinstance(self.row, Remittance)

    @property
    def url(self) -> str:
        """Where all of it is shown."""
        name = "portal:remittance-detail" if self.is_reported else "portal:recharge-detail"
        return reverse(name, args=[self.row.pk])

    @property
    def state(self) -> PaymentState:
        """How far it has come."""
        if isinstance(self.row, Remittance):
            return PaymentState(self.row.status)
        return STATE_OF_UNREPORTED[self.row.status]

    @property
    def paid_on(self) -> date:
        """The day on the slip, or the day on which the bank received it."""
        if isinstance(self.row, Remittance):
            return self.row.paid_on
        return local_date(self.row.bank_entry.received_at)

    @property
    def payer(self) -> str:
        """Who paid."""
        return self.row.payer if isinstance(self.row, Remittance) else self.row.bank_entry.payer

    @property
    def bank_reference(self) -> str:
        """The number by which the bank knows it."""
        if isinstance(self.row, Remittance):
            return self.row.bank_reference
        return serial_of(self.row.bank_entry)

    @property
    def segments(self) -> int | None:
        """What it bought, or will buy with the approval; None while no money was found."""
        if isinstance(self.row, Recharge):
            return self.row.segments
        return segments_of(self.row.match.recharges.all()) if self.row.match else None

    @property
    def is_shared(self) -> bool:
        """Whether other payments were credited together with it, in the same segments."""
        match = self.row.match if isinstance(self.row, Remittance) else None
        return match is not None and len(match.remittances.all()) > 1


def serial_of(entry: BankEntry) -> str:
    """Return the bank's serial number; nothing where the bank gave none and a mark stands for it."""
    return "" if entry.serial.startswith("~") else entry.serial


def segments_of(recharges: Iterable[Recharge]) -> int:
    """Add up what recharges bought or will buy; what was taken back is not there."""
    standing = (each for each in recharges if each.status != RechargeStatus.REVERSED)
    return sum(each.segments for each in standing)


def newest_payments(user: User, narrowed: PaymentFilter, *, most: int) -> list[Payment]:
    """Return at most so many payments of the person's partner, the newest first."""
    rows = newest(
        _reported(user, narrowed), _unreported(user, narrowed), before=narrowed.before, most=most
    )
    return [Payment(row=row) for row in rows]


def _reported(user: User, narrowed: PaymentFilter) -> QuerySet[Remittance]:
    rows = Remittance.objects.visible_to(user).select_related("account__customer", "match")
    rows = rows.prefetch_related(
        Prefetch("match__recharges", Recharge.objects.order_by("pk")),
        Prefetch("match__remittances", Remittance.objects.order_by("pk")),
    )
    if narrowed.state:
        rows = rows.filter(status=narrowed.state)
    return _narrowed(rows, narrowed, ("payer", "bank_reference"))


def _unreported(user: User, narrowed: PaymentFilter) -> QuerySet[Recharge]:
    rows = Recharge.objects.visible_to(user).select_related("account__customer", "bank_entry")
    rows = rows.filter(UNREPORTED)
    if narrowed.state:
        same = [status for status, state in STATE_OF_UNREPORTED.items() if state == narrowed.state]
        rows = rows.filter(status__in=same)
    of_the_bank = ("bank_entry__payer", "bank_entry__serial", "bank_entry__reference")
    return _narrowed(rows, narrowed, of_the_bank)


def _narrowed(
    rows: "QuerySet[_Row]", narrowed: PaymentFilter, names: tuple[str, ...]
) -> "QuerySet[_Row]":
    if narrowed.account is not None:
        rows = rows.filter(account=narrowed.account)
    if narrowed.text:
        said = Q(amount_yuan=narrowed.amount_yuan) if narrowed.amount_yuan is not None else Q()
        for name in names:
            said |= Q(**{f"{name}__icontains": narrowed.text})
        rows = rows.filter(said)
    return rows
