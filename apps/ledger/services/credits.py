"""Bringing segments into accounts and moving them between accounts of one partner."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.common.errors import DomainError
from apps.ledger import locks
from apps.ledger.choices import About, Bucket, EntryKind
from apps.ledger.models import LedgerEntry
from apps.ledger.services.entries import Movement, post
from apps.partners.models import Account


class DifferentPartnersError(DomainError):
    """Credit never moves from one partner to another."""

    code = "different_partners"
    message = _("Both accounts must belong to the same partner.")


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
    *, source: Account, target: Account, segments: int, by: Actor, at: datetime
) -> tuple[LedgerEntry, LedgerEntry]:
    """Move available segments between two accounts of the same partner.

    Raises:
        DifferentPartnersError: the accounts are not of one partner.
        InsufficientCreditError: the source has fewer available.
    """
    if source.partner_id != target.partner_id or source.pk == target.pk:
        raise DifferentPartnersError
    balances = locks.balances([source.pk, target.pk])
    about_id = uuid.uuid4().hex
    out, into = (Bucket.AVAILABLE, Bucket.OUTSIDE), (Bucket.OUTSIDE, Bucket.AVAILABLE)
    sent, received = (
        post(
            balances[account.pk],
            Movement(
                kind=EntryKind.TRANSFER,
                from_bucket=buckets[0],
                to_bucket=buckets[1],
                segments=segments,
                about=About.TRANSFER,
                about_id=about_id,
                actor=by.label,
                note=other.code,
            ),
            at=at,
        )
        for account, buckets, other in ((source, out, target), (target, into, source))
    )
    return sent, received
