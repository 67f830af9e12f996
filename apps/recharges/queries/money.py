"""Reads that cross models: likely duplicates, and where all the money that came in is now."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from django.db.models import DecimalField, ExpressionWrapper, F, Q, Sum
from django.db.models.functions import Coalesce

from apps.audit.actors import Actor
from apps.common.clock import local_day
from apps.recharges.choices import BankEntryStatus, RechargeStatus, RemittanceStatus
from apps.recharges.matching import names
from apps.recharges.models import BankEntry, Recharge, RechargePolicy, Remittance
from apps.recharges.queries.obstacles import Allowance

_ZERO = Decimal("0.0000")
_YUAN: "DecimalField[Decimal, Decimal]" = DecimalField(max_digits=20, decimal_places=4)


class Claimed(Protocol):
    """What is compared of a payment that is reported."""

    @property
    def amount_yuan(self) -> Decimal:
        """What was paid."""

    @property
    def paid_on(self) -> date:
        """The day of the payment."""

    @property
    def payer(self) -> str:
        """The name on the slip."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MoneyIn:
    """All money that came in, by what became of it, in yuan.

    Attributes:
        segments_yuan: turned into segments that are credited, at the price kept with each recharge.
        remainder_yuan: of those recharges, what did not make a whole segment.
        unmatched_yuan: waits for its account, also after it was booked wrongly; `proposed_yuan` of
            it waits for a second person.
        returned_yuan: went back to its payer, or was recalled by the bank.
    """

    received_yuan: Decimal
    segments_yuan: Decimal
    remainder_yuan: Decimal
    unmatched_yuan: Decimal
    proposed_yuan: Decimal
    returned_yuan: Decimal
    discarded_yuan: Decimal

    @property
    def placed_yuan(self) -> Decimal:
        """The sum of all places where money can be."""
        return (
            self.segments_yuan
            + self.remainder_yuan
            + self.unmatched_yuan
            + self.returned_yuan
            + self.discarded_yuan
        )

    @property
    def is_balanced(self) -> bool:
        """Tell whether every cent is accounted for."""
        return self.received_yuan == self.placed_yuan


def policy() -> RechargePolicy:
    """Return the rules that administrators set; the defaults where nobody did."""
    return RechargePolicy.objects.first() or RechargePolicy()


def allowance(person: Actor, *, at: datetime) -> Allowance:
    """Return what a person may credit alone on the day of `at` in Beijing, and what they did.

    Alone is what they proposed and confirmed; taking it back later gives nothing back.
    """
    begins, ends = local_day(at)
    alone = Recharge.objects.filter(
        entered_by=person.user_id,
        confirmed_by=person.user_id,
        confirmed_at__gte=begins,
        confirmed_at__lt=ends,
    )
    used_yuan = alone.aggregate(used=_sum("amount_yuan"))["used"]
    return Allowance(limit_yuan=policy().one_person_max_yuan, used_yuan=used_yuan)


def money_in_totals() -> MoneyIn:
    """Return where every yuan that came in is now, from the rows as they are."""
    entries = BankEntry.objects.aggregate(
        received=_sum("amount_yuan"),
        unmatched=_sum("amount_yuan", status=BankEntryStatus.UNMATCHED),
        returned=_sum("amount_yuan", status=BankEntryStatus.RETURNED),
        discarded=_sum("amount_yuan", status=BankEntryStatus.DISCARDED),
    )
    recharges = Recharge.objects.annotate(
        worth=ExpressionWrapper(F("segments") * F("unit_price_yuan"), output_field=_YUAN)
    ).aggregate(
        segments=_sum("worth", status=RechargeStatus.CONFIRMED),
        remainder=_sum("remainder_yuan", status=RechargeStatus.CONFIRMED),
        proposed=_sum("amount_yuan", status=RechargeStatus.PENDING),
    )
    return MoneyIn(**{f"{name}_yuan": total for name, total in (entries | recharges).items()})


def likely_duplicates(*, partner_id: int, sha256: str, claim: Claimed) -> list[Remittance]:
    """Return a partner's remittances that a new one looks like, the oldest first.

    The same file, or the same payer, amount and day. Withdrawn and rejected ones do not count:
    those are reported again.
    """
    same_day = Q(amount_yuan=claim.amount_yuan, paid_on=claim.paid_on)
    rows = (
        Remittance.objects.filter(Q(sha256=sha256) | same_day, account__partner=partner_id)
        .exclude(status__in=[RemittanceStatus.WITHDRAWN, RemittanceStatus.REJECTED])
        .order_by("entered_at", "pk")
    )
    payer = names.normal(claim.payer)
    return [each for each in rows if each.sha256 == sha256 or names.normal(each.payer) == payer]


def _sum(field: str, **only: str) -> Coalesce:
    total = Sum(field, filter=Q(**only) if only else None)
    return Coalesce(total, _ZERO, output_field=_YUAN)
