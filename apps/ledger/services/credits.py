"""Bringing segments into accounts and moving them between accounts of one partner."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.common import ids
from apps.common.errors import ConflictError, InvalidError
from apps.ledger import locks
from apps.ledger.choices import About, Bucket, EntryKind
from apps.ledger.models import MAX_NOTE, LedgerEntry, Transfer
from apps.ledger.services.entries import Movement, post
from apps.partners import locks as partner_locks
from apps.partners.choices import AccountStatus
from apps.partners.models import Account

_OUT = (Bucket.AVAILABLE, Bucket.OUTSIDE)
_IN = (Bucket.OUTSIDE, Bucket.AVAILABLE)


class DifferentPartnersError(InvalidError):
    """Credit never moves from one partner to another."""

    code = "different_partners"
    message = _("Choose two different accounts of the same partner.")
    cure = _("Choose two accounts of one partner.")


class TransferSidesError(InvalidError):
    """Credit moves between the partner's own account and a customer's, not between customers."""

    code = "transfer_sides"
    message = _("One side must be your own account. Move the credit there first.")
    cure = _("Move the credit to your own account first, and on from there.")


class TransferQuantityError(InvalidError):
    """A transfer moves at least one segment."""

    code = "transfer_quantity_invalid"
    message = _("Give a whole number of segments, at least 1.")
    cure = _("Write how many segments to move.")


class TransferAccountClosedError(ConflictError):
    """A closed account takes no credit; what it has may still be taken back."""

    code = "transfer_account_closed"
    message = _("Account %(account)s is closed and takes no credit.")
    cure = _("Choose an account that is open.")


class TransferMadeError(ConflictError):
    """This very transfer was made before: a form was sent twice."""

    code = "transfer_made"
    message = _("This transfer was made before; nothing was moved a second time.")
    cure = _("Look at the list of transfers: it is there.")


@transaction.atomic
def recharge(
    *, account_id: int, segments: int, recharge_id: int, by: Actor, at: datetime
) -> LedgerEntry:
    """Credit bought segments to an account."""
    movement = Movement(
        kind=EntryKind.RECHARGE,
        from_bucket=Bucket.OUTSIDE,
        to_bucket=Bucket.AVAILABLE,
        segments=segments,
        about=About.RECHARGE,
        about_id=str(recharge_id),
        actor=by.label,
    )
    return post(locks.balances([account_id])[account_id], movement, at=at)


@transaction.atomic
def transfer(
    *,
    source: Account,
    target: Account,
    segments: int,
    by: Actor,
    at: datetime,
    note: str = "",
    transfer_id: UUID | None = None,
) -> Transfer:
    """Move available segments between a partner's own account and a customer's, either way.

    `transfer_id` is made beforehand where a form may be sent twice. The entries carry the other
    account's code and the note.

    Raises:
        TransferQuantityError: it would move nothing.
        DifferentPartnersError: the accounts are not two of one partner.
        TransferSidesError: neither is the partner's own.
        TransferAccountClosedError: the target is closed.
        TransferMadeError: a transfer of that id was made before.
        InsufficientCreditError: the source has fewer available.
    """
    _check_sides(source, target, segments)
    target = partner_locks.account(target.pk)
    if target.status == AccountStatus.CLOSED:
        raise TransferAccountClosedError(account=target.code)
    balances = locks.balances([source.pk, target.pk])
    made = Transfer(
        id=transfer_id or ids.uuid7(at),
        partner_id=source.partner_id,
        source=source,
        target=target,
        segments=segments,
        note=note[:MAX_NOTE],
        actor=by.label,
        created_at=at,
    )
    if Transfer.objects.filter(pk=made.pk).exists():
        raise TransferMadeError
    post(balances[source.pk], _movement(made, _OUT, other=target), at=at)
    post(balances[target.pk], _movement(made, _IN, other=source), at=at)
    made.save(force_insert=True)
    return made


def _check_sides(source: Account, target: Account, segments: int) -> None:
    if segments < 1:
        raise TransferQuantityError
    if source.partner_id != target.partner_id or source.pk == target.pk:
        raise DifferentPartnersError
    if source.customer_id is not None and target.customer_id is not None:
        raise TransferSidesError


def _movement(made: Transfer, buckets: tuple[Bucket, Bucket], *, other: Account) -> Movement:
    return Movement(
        kind=EntryKind.TRANSFER,
        from_bucket=buckets[0],
        to_bucket=buckets[1],
        segments=made.segments,
        about=About.TRANSFER,
        about_id=made.id.hex,
        actor=made.actor,
        note=f"{other.code} {made.note}".rstrip(),
    )
