"""What a second person decides: purchases that wait for approval, and recharges to be taken back.

Reads only. Who may not approve what is asked again by the services when somebody does; here it is
said beforehand, for all rows of a page at once, so that nobody presses in vain.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Min, QuerySet
from django.db.models.functions import Coalesce

from apps.audit import separations
from apps.audit.actors import Actor
from apps.audit.separations import Judgement
from apps.ledger.models import Balance
from apps.recharges.choices import RechargeStatus
from apps.recharges.matching.evidence import Evidence, Kind
from apps.recharges.models import Match, Recharge, Remittance, Reversal
from apps.recharges.queries import money as queries
from apps.recharges.queries.obstacles import judge

# The recharges of a match are one purchase; one without a match is a purchase of its own.
_PURCHASE = Coalesce("match_id", F("pk") * -1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Purchase:
    """Recharges that are credited together, with what speaks for them.

    Attributes:
        recharges: the oldest first; they have one account and one price.
        slips: what the partner reported of it.
        evidence: what spoke for it when it was matched; nothing for one without a match.
        judgement: what keeps the reader from approving it, or was relaxed for them.
    """

    recharges: list[Recharge]
    slips: list[Remittance]
    evidence: list[Evidence]
    judgement: Judgement

    @property
    def first(self) -> Recharge:
        """The recharge that names it: deciding about one decides about all."""
        return self.recharges[0]

    @property
    def amount_yuan(self) -> Decimal:
        """The money of all its lines."""
        return sum((each.amount_yuan for each in self.recharges), Decimal(0))

    @property
    def segments(self) -> int:
        """What would be credited."""
        return sum(each.segments for each in self.recharges)

    @property
    def remainder_yuan(self) -> Decimal:
        """What does not make whole segments."""
        return sum((each.remainder_yuan for each in self.recharges), Decimal(0))

    @property
    def due_at(self) -> datetime:
        """By when the first of its money is to be credited."""
        return min(each.bank_entry.due_at for each in self.recharges)


@dataclass(frozen=True, kw_only=True, slots=True)
class Forecast:
    """What taking a recharge back would do to its account, as the account is now, in segments.

    Attributes:
        frozen: put aside by the request already.
        available: what the account has left besides.
    """

    segments: int
    frozen: int
    available: int

    @property
    def to_freeze(self) -> int:
        """What would be frozen, or taken besides what is frozen."""
        return min(self.segments - self.frozen, self.available)

    @property
    def to_take(self) -> int:
        """What would leave the account."""
        return self.frozen + self.to_freeze

    @property
    def to_owe(self) -> int:
        """What is spent, moved on or on its way, and would be owed."""
        return self.segments - self.to_take


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedReversal:
    """A reversal that waits for a second person, and what approving it would do now."""

    reversal: Reversal
    forecast: Forecast
    judgement: Judgement


def waiting_purchases() -> "QuerySet[Recharge, Any]":
    """Return one row a purchase that waits, what is due first at the head; read with `purchases`."""
    rows = Recharge.objects.filter(status=RechargeStatus.PENDING).annotate(purchase=_PURCHASE)
    return (
        rows.values("purchase")
        .annotate(due_at=Min("bank_entry__due_at"), first=Min("pk"))
        .order_by("due_at", "first")
    )


def purchases(rows: Iterable[Mapping[str, Any]], *, by: Actor, at: datetime) -> list[Purchase]:
    """Read purchases in the order of their rows, and say of each whether `by` may approve it."""
    wanted = [row["purchase"] for row in rows]
    together = _together(wanted)
    matches = [key for key in wanted if key > 0]
    slips = _slips(matches)
    evidence = dict(Match.objects.filter(pk__in=matches).values_list("pk", "evidence"))
    allowance = queries.allowance(by, at=at)
    return [
        Purchase(
            recharges=together[key],
            slips=slips[key],
            evidence=[_evidence(each) for each in evidence.get(key, ())],
            judgement=judge(together[key], by=by, allowance=allowance),
        )
        for key in wanted
        if key in together
    ]


def judgement_of(recharge: Recharge, *, by: Actor, at: datetime) -> Judgement:
    """Return what keeps `by` from approving the purchase that a recharge is of."""
    key = recharge.match_id or -recharge.pk
    together = _together([key]).get(key, [])
    return judge(together, by=by, allowance=queries.allowance(by, at=at))


def waiting_reversals() -> QuerySet[Reversal]:
    """Return the reversals that wait, the oldest first, with what they are about."""
    return Reversal.objects.waiting().select_related(
        "recharge__account__partner",
        "recharge__account__customer",
        "recharge__bank_entry",
        "requested_by",
    )


def reversals(rows: Iterable[Reversal], *, by: Actor) -> list[AskedReversal]:
    """Say of each reversal what approving it would do now, and whether `by` may."""
    asked = list(rows)
    available = _available({each.recharge.account_id for each in asked})
    return [
        AskedReversal(
            reversal=each,
            forecast=Forecast(
                segments=each.segments,
                frozen=each.held_segments,
                available=available.get(each.recharge.account_id, 0),
            ),
            judgement=separations.judge("reversals.approve", by=by, hands=each.hands()),
        )
        for each in asked
    ]


def forecast(recharge: Recharge) -> Forecast:
    """Return what asking to take a credited recharge back would do now."""
    available = _available({recharge.account_id}).get(recharge.account_id, 0)
    return Forecast(segments=recharge.segments, frozen=0, available=available)


def _together(wanted: Collection[int]) -> dict[int, list[Recharge]]:
    rows = (
        Recharge.objects.filter(status=RechargeStatus.PENDING)
        .annotate(purchase=_PURCHASE)
        .filter(purchase__in=wanted)
        .select_related(
            "account__partner",
            "account__customer",
            "bank_entry__statement",
            "bank_entry__entered_by",
            "rate_version__table",
            "rate_tier",
            "entered_by",
        )
        .order_by("pk")
    )
    found: dict[int, list[Recharge]] = defaultdict(list)
    for each in rows:
        found[each.match_id or -each.pk].append(each)
    return found


def _slips(matches: Collection[int]) -> dict[int | None, list[Remittance]]:
    found: dict[int | None, list[Remittance]] = defaultdict(list)
    for slip in (
        Remittance.objects.filter(match__in=matches).select_related("looks_like").order_by("pk")
    ):
        found[slip.match_id].append(slip)
    return found


def _evidence(kept: Mapping[str, Any]) -> Evidence:
    return Evidence(Kind(kept["kind"]), kept["points"], kept["data"])


def _available(account_ids: Collection[int]) -> dict[int, int]:
    balances = Balance.objects.filter(account__in=account_ids)
    return dict(balances.values_list("account", "available"))
