"""Taking credit back: frozen first, then out of the account; never what was spent."""

from datetime import datetime

from django.db import transaction

from apps.audit.actors import Actor
from apps.ledger import locks
from apps.ledger.choices import About, Bucket, EntryKind
from apps.ledger.models import Balance
from apps.ledger.services.entries import Movement, post

_FREEZE = (EntryKind.HOLD, Bucket.AVAILABLE, Bucket.HELD)
_THAW = (EntryKind.RELEASE, Bucket.HELD, Bucket.AVAILABLE)
_TAKE_FROZEN = (EntryKind.REVERSAL, Bucket.HELD, Bucket.OUTSIDE)
_TAKE = (EntryKind.REVERSAL, Bucket.AVAILABLE, Bucket.OUTSIDE)


@transaction.atomic
def freeze(*, account_id: int, most: int, reversal_id: int, by: Actor, at: datetime) -> int:
    """Hold what is available, up to `most` segments, so that it is not spent; return how many."""
    balance = locks.balances([account_id])[account_id]
    found = min(most, balance.available)
    _post(balance, _movement(_FREEZE, found, reversal_id, by), at=at)
    return found


@transaction.atomic
def thaw(*, account_id: int, segments: int, reversal_id: int, by: Actor, at: datetime) -> None:
    """Give frozen segments free again.

    Raises:
        InsufficientCreditError: fewer are held.
    """
    balance = locks.balances([account_id])[account_id]
    _post(balance, _movement(_THAW, segments, reversal_id, by), at=at)


@transaction.atomic
def take_back(
    *, account_id: int, frozen: int, most: int, reversal_id: int, by: Actor, at: datetime
) -> int:
    """Take the frozen segments out of an account, and what is available up to `most` in all.

    Returns how many were taken: what the account has spent cannot be.

    Raises:
        InsufficientCreditError: fewer than `frozen` are held.
    """
    balance = locks.balances([account_id])[account_id]
    more = min(most - frozen, balance.available)
    _post(balance, _movement(_TAKE_FROZEN, frozen, reversal_id, by), at=at)
    _post(balance, _movement(_TAKE, more, reversal_id, by), at=at)
    return frozen + more


def _movement(
    way: tuple[EntryKind, Bucket, Bucket], segments: int, reversal_id: int, by: Actor
) -> Movement:
    kind, from_bucket, to_bucket = way
    return Movement(
        kind=kind,
        from_bucket=from_bucket,
        to_bucket=to_bucket,
        segments=segments,
        about=About.REVERSAL,
        about_id=str(reversal_id),
        actor=by.label,
    )


def _post(balance: Balance, movement: Movement, *, at: datetime) -> None:
    if movement.segments:
        post(balance, movement, at=at)
