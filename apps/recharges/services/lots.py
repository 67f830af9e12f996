"""Lots follow the ledger: what was spent, moved or taken back, first in first out.

Sends touch one balance and no lot. A task reads the entries of each account since its mark, once,
adds up what was spent between the few entries at which lots change hands, and writes lots and mark
together: after a crash the same entries are read again, and nothing is used up twice.

*Netting is exact.* Lots are used up in the order of arrival, so what is spent is always the first
lots, and refunds open the last of them again: only the sum of a stretch matters, not its order.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from apps.ledger.choices import About, Bucket
from apps.ledger.fragments import ENTRIES
from apps.ledger.models import Balance, Transfer
from apps.recharges import locks
from apps.recharges.models import Lot, LotMark, Reversal

logger = structlog.get_logger(__name__)
MOST_ENTRIES = 200_000  # of an account in one transaction

# Entries are numbered under the balance's lock, so all up to `entry_count` are there to be read. A
# stretch ends with an entry at which lots change hands; the last one may end without.
_STRETCHES = f"""
WITH entry AS (
    SELECT e.*, 'OUTSIDE' IN (e.from_bucket, e.to_bucket)
                AND e.about IN ('TRANSFER', 'REVERSAL') AS is_change
    FROM ({ENTRIES}) e
    WHERE e.account_id = %(account)s AND e.sequence > %(after)s AND e.sequence <= %(through)s
), numbered AS (
    SELECT entry.*, count(*) FILTER (WHERE is_change) OVER (
        ORDER BY sequence ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS stretch
    FROM entry
)
SELECT coalesce(sum(CASE 'SPENT' WHEN to_bucket THEN segments WHEN from_bucket THEN -segments END), 0),
       max(sequence),
       max(to_bucket) FILTER (WHERE is_change), max(about) FILTER (WHERE is_change),
       max(about_id) FILTER (WHERE is_change), max(segments) FILTER (WHERE is_change)
FROM numbered GROUP BY stretch ORDER BY stretch
"""  # noqa: S608 - put together from constants


class LotsShortError(Exception):
    """An account has spent or moved more than its lots hold: it has credit that nobody bought."""


class _Stretch(NamedTuple):
    """What was spent, refunds taken off, up to an entry at which lots change hands, or the end."""

    spent: int
    last_sequence: int
    to_bucket: str | None
    about: str | None
    about_id: str | None
    segments: int | None


def settle() -> int:
    """Bring all lots up to the ledger; return in how many steps.

    An account that is far behind is caught up with over several steps. Lots that a transfer brings
    are there once the account that they come from is settled, hence the rounds.
    """
    steps = 0
    while done := sum(_settle_logged(account_id) for account_id in _behind()):
        steps += done
    return steps


def _behind() -> list[int]:
    """Return the accounts with entries that their lots have not followed yet."""
    marks = LotMark.objects.filter(account=OuterRef("pk")).values("through_sequence")
    behind = Balance.objects.annotate(through=Coalesce(Subquery(marks), 0)).filter(
        Exists(Lot.objects.filter(account=OuterRef("pk"))), entry_count__gt=F("through")
    )
    return list(behind.order_by("pk").values_list("pk", flat=True))


def _settle_logged(account_id: int) -> bool:
    try:
        return _settle(account_id)
    except LotsShortError:
        logger.exception("lots_short", account=account_id)
        return False


@transaction.atomic
def _settle(account_id: int) -> bool:
    """Follow an account's ledger from its mark on; tell whether it got further."""
    mark = locks.lot_mark(account_id)
    if mark is None:
        return False
    newest = Balance.objects.values_list("entry_count", flat=True).get(pk=account_id)
    through = min(newest, mark.through_sequence + MOST_ENTRIES)
    stretches = _stretches(account_id, after=mark.through_sequence, through=through)
    lots = _Lots(account_id)
    reached = mark.through_sequence
    for stretch in stretches:
        if not lots.follow(stretch):
            break
        reached = stretch.last_sequence
    if reached == mark.through_sequence:
        return False
    lots.save()
    mark.through_sequence = reached
    mark.save(update_fields=["through_sequence"])
    return True


def _stretches(account_id: int, *, after: int, through: int) -> list[_Stretch]:
    with connection.cursor() as cursor:
        cursor.execute(_STRETCHES, {"account": account_id, "after": after, "through": through})
        return [_Stretch(*row) for row in cursor.fetchall()]


class _Lots:
    """The lots of one account in memory while its ledger is followed; saved together."""

    def __init__(self, account_id: int) -> None:
        self._account_id = account_id
        self._lots = list(Lot.objects.first_in_first_out().filter(account=account_id))
        self._changed: dict[int, Lot] = {}
        self._parts: list[Lot] = []

    def follow(self, stretch: _Stretch) -> bool:
        """Do what a stretch says; False where its lots are still on their way here.

        Raises:
            LotsShortError: it says more than there is.
        """
        is_arrival = stretch.about == About.TRANSFER and stretch.to_bucket != Bucket.OUTSIDE
        arrivals = self._on_their_way(stretch) if is_arrival else []
        if is_arrival and not arrivals:
            return False
        self._spend(stretch.spent)
        if is_arrival:
            self._receive(arrivals, stretch)
        elif stretch.about == About.TRANSFER:
            self._move(stretch)
        elif stretch.about == About.REVERSAL:
            self._take_back(stretch)
        return True

    def save(self) -> None:
        """Write what changed, and the parts that left for other accounts."""
        Lot.objects.bulk_update(
            self._changed.values(),
            [
                "arrived_sequence",
                "remaining_segments",
                "spent_segments",
                "moved_segments",
                "reversed_segments",
            ],
        )
        Lot.objects.bulk_create(self._parts)

    def _spend(self, segments: int) -> None:
        if segments >= 0:
            for lot, part in self._deal(self._lots, segments, of="remaining_segments"):
                lot.remaining_segments -= part
                lot.spent_segments += part
            return
        for lot, part in self._deal(self._lots[::-1], -segments, of="spent_segments"):
            lot.remaining_segments += part
            lot.spent_segments -= part

    def _move(self, stretch: _Stretch) -> None:
        transfer = Transfer.objects.get(pk=UUID(stretch.about_id))
        for lot, part in self._deal(self._lots, stretch.segments or 0, of="remaining_segments"):
            lot.remaining_segments -= part
            lot.moved_segments += part
            self._parts.append(
                Lot(
                    recharge_id=lot.recharge_id,
                    account_id=transfer.target_id,
                    parent=lot,
                    transfer_id=transfer.pk,
                    segments=part,
                    remaining_segments=part,
                    unit_price_yuan=lot.unit_price_yuan,
                    created_at=transfer.created_at,
                )
            )

    def _on_their_way(self, stretch: _Stretch) -> list[Lot]:
        transfer_id = UUID(stretch.about_id)
        rows = Lot.objects.filter(account=self._account_id, transfer_id=transfer_id)
        return list(rows.order_by("pk"))

    def _receive(self, arrivals: list[Lot], stretch: _Stretch) -> None:
        """Put arrivals into their place: lots that were read with the others may have come later."""
        for lot in arrivals:
            lot.arrived_sequence = stretch.last_sequence
            self._changed[lot.pk] = lot
        self._lots = sorted(
            [*self._lots, *arrivals], key=lambda lot: (lot.arrived_sequence or 0, lot.pk)
        )

    def _take_back(self, stretch: _Stretch) -> None:
        """Take what the reversed recharge brought first, then the oldest."""
        recharge_id = Reversal.objects.values_list("recharge", flat=True).get(
            pk=int(stretch.about_id or 0)
        )
        own_first = sorted(self._lots, key=lambda lot: lot.recharge_id != recharge_id)
        for lot, part in self._deal(own_first, stretch.segments or 0, of="remaining_segments"):
            lot.remaining_segments -= part
            lot.reversed_segments += part

    def _deal(self, lots: Iterable[Lot], segments: int, *, of: str) -> Iterator[tuple[Lot, int]]:
        """Deal segments out over lots in their order, no more to each than it has.

        Raises:
            LotsShortError: the lots have fewer.
        """
        left = segments
        for lot in lots:
            if not left:
                return
            part = min(left, getattr(lot, of))
            if part:
                left -= part
                self._changed[lot.pk] = lot
                yield lot, part
        if left:
            raise LotsShortError
