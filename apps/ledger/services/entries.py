"""Posting one movement: the entry and the buckets it moves between, together or not at all."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from apps.common import ids
from apps.common.errors import InsufficientError
from apps.ledger.choices import Bucket
from apps.ledger.models import Balance, LedgerEntry


class InsufficientCreditError(InsufficientError):
    """The account has fewer segments than are asked for."""

    code = "insufficient_credit"
    published = ("required", "available")
    message = _(
        "The account has %(available)s segments and this needs %(required)s. Recharge it first."
    )
    cure = _("Recharge the account, or send to fewer recipients.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Movement:
    """Segments from a bucket to another: why, and what it is about."""

    kind: str
    from_bucket: str
    to_bucket: str
    segments: int
    about: str
    about_id: str
    actor: str
    note: str = ""


_COLUMN = {Bucket.AVAILABLE: "available", Bucket.HELD: "held", Bucket.SPENT: "spent"}


def post(balance: Balance, movement: Movement, *, at: datetime) -> LedgerEntry:
    """Move segments on a balance that the caller has locked, and write the entry.

    Raises:
        InsufficientCreditError: the bucket that they come from has fewer.
    """
    _take(balance, movement)
    _give(balance, movement)
    balance.entry_count += 1
    balance.save()
    return LedgerEntry.objects.create(
        id=ids.uuid7(at),
        account_id=balance.pk,
        sequence=balance.entry_count,
        kind=movement.kind,
        from_bucket=movement.from_bucket,
        to_bucket=movement.to_bucket,
        segments=movement.segments,
        available_after=balance.available,
        about=movement.about,
        about_id=movement.about_id,
        actor=movement.actor,
        note=movement.note,
        created_at=at,
    )


def _take(balance: Balance, movement: Movement) -> None:
    if movement.from_bucket == Bucket.OUTSIDE:
        balance.issued += movement.segments
        return
    column = _COLUMN[Bucket(movement.from_bucket)]
    left = getattr(balance, column) - movement.segments
    if left < 0:
        raise InsufficientCreditError(
            required=movement.segments, available=getattr(balance, column)
        )
    setattr(balance, column, left)


def _give(balance: Balance, movement: Movement) -> None:
    if movement.to_bucket == Bucket.OUTSIDE:
        balance.issued -= movement.segments
        return
    column = _COLUMN[Bucket(movement.to_bucket)]
    setattr(balance, column, getattr(balance, column) + movement.segments)
