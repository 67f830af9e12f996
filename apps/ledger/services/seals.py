"""The daily seals: a hash chain over each account's entries.

Sealing an account's day hashes the previous digest and every entry since the previous seal. To
change an old entry unseen, somebody would have to change every later seal as well, and both
tables refuse updates.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce

from apps.ledger import locks
from apps.ledger.models import Balance, DailySeal, LedgerEntry

FIRST_DIGEST = b"\0" * 32


def digest(previous: bytes, entries: Iterable[LedgerEntry]) -> bytes:
    """Return the SHA-256 of the previous digest and the entries' facts, in order."""
    chain = hashlib.sha256(previous)
    for entry in entries:
        facts = (
            entry.sequence, entry.id.hex, entry.kind, entry.from_bucket, entry.to_bucket,
            entry.segments, entry.available_after, entry.about, entry.about_id, entry.note,
            entry.actor, entry.created_at.timestamp(),
        )  # fmt: skip
        chain.update("\x1f".join(str(fact) for fact in facts).encode() + b"\x1e")
    return chain.digest()


def entries_between(account_id: int, after: int, through: int) -> Iterator[LedgerEntry]:
    """Return an account's entries with `after` < sequence ≤ `through`, in order."""
    entries = LedgerEntry.objects.filter(
        account_id=account_id, sequence__gt=after, sequence__lte=through
    )
    return entries.order_by("sequence").iterator()


def seal(*, day: date, at: datetime) -> int:
    """Seal every account that has entries since its last seal; return how many were sealed.

    Done again for the same day it seals nothing twice.
    """
    sealed_through = (
        DailySeal.objects.filter(account_id=OuterRef("pk"))
        .values("account_id")
        .annotate(last=Max("through_sequence"))
        .values("last")
    )
    unsealed = Balance.objects.annotate(through=Coalesce(Subquery(sealed_through), 0)).filter(
        entry_count__gt=F("through")
    )
    account_ids = list(unsealed.values_list("pk", flat=True))
    return sum(_seal_account(account_id, day=day, at=at) for account_id in account_ids)


@transaction.atomic
def _seal_account(account_id: int, *, day: date, at: datetime) -> bool:
    balance = locks.balances([account_id])[account_id]
    last = DailySeal.objects.filter(account_id=account_id).order_by("-day").first()
    if last and (last.day >= day or last.through_sequence == balance.entry_count):
        return False
    after, previous = (last.through_sequence, bytes(last.digest)) if last else (0, FIRST_DIGEST)
    DailySeal.objects.create(
        account_id=account_id,
        day=day,
        through_sequence=balance.entry_count,
        digest=digest(previous, entries_between(account_id, after, balance.entry_count)),
        created_at=at,
    )
    return True
