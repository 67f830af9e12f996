"""Rate tables: opened, given a draft version with its tiers, published."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import ConflictError, DomainError
from apps.partners.models import Partner
from apps.rates import locks
from apps.rates.choices import RateStatus
from apps.rates.models import RateTable, RateTier, RateVersion


class RateTableExistsError(ConflictError):
    """There is one standard table, and at most one per partner."""

    code = "rate_table_exists"
    message = _("There is such a rate table already: %(table)s.")


class RateTiersError(DomainError):
    """A version needs at least one tier, and prices above zero."""

    code = "rate_tiers_invalid"
    message = _("Give at least one tier, each with a quantity from 0 up and a price above zero.")


class RateVersionPublishedError(ConflictError):
    """What is published is never changed."""

    code = "rate_version_published"
    message = _("This version is published. Make a new one that starts later.")


class RateVersionOverlapError(ConflictError):
    """A published version starts at the same moment or later."""

    code = "rate_version_overlap"
    message = _("A published version starts at that moment or later. Choose a later start.")


@transaction.atomic
def open_standard(*, name: str, by: Actor) -> RateTable:
    """Open the table that holds for every partner without one of its own.

    Raises:
        RateTableExistsError: there is one.
    """
    return _open(name=name, partner=None, by=by)


@transaction.atomic
def open_for_partner(*, partner: Partner, name: str, by: Actor) -> RateTable:
    """Open a table of prices that one partner has of its own.

    Raises:
        RateTableExistsError: it has one.
    """
    return _open(name=name, partner=partner, by=by)


@transaction.atomic
def draft_version(
    *, table: RateTable, starts_at: datetime, tiers: Mapping[int, Decimal], by: Actor
) -> RateVersion:
    """Write a draft with its tiers, given as {from segments: yuan per segment}.

    Raises:
        RateTiersError: no tier, a quantity below zero or a price not above zero.
    """
    if not tiers or min(tiers) < 0 or min(tiers.values()) <= 0:
        raise RateTiersError
    with act("rates.draft_version", by=by):
        version = RateVersion.objects.create(table=table, starts_at=starts_at)
        for from_segments, unit_price_yuan in tiers.items():
            RateTier.objects.create(
                version=version, from_segments=from_segments, unit_price_yuan=unit_price_yuan
            )
    return version


@transaction.atomic
def publish(*, version_id: int, by: Actor) -> RateVersion:
    """Put a draft in force from its start on; the version before it ends there.

    Raises:
        RateVersionPublishedError: it is published.
        RateVersionOverlapError: a published version starts then or later.
    """
    table, version = locks.table_of_version(version_id)
    if version.status != RateStatus.DRAFT:
        raise RateVersionPublishedError
    published = RateVersion.objects.filter(table=table, status=RateStatus.PUBLISHED)
    if published.filter(starts_at__gte=version.starts_at).exists():
        raise RateVersionOverlapError
    with act("rates.publish", by=by):
        for earlier in published.filter(ends_at=None):
            earlier.ends_at = version.starts_at
            earlier.save(update_fields=["ends_at"])
        version.status = RateStatus.PUBLISHED
        version.save(update_fields=["status"])
    return version


def _open(*, name: str, partner: Partner | None, by: Actor) -> RateTable:
    existing = RateTable.objects.filter(partner=partner).first()
    if existing or RateTable.objects.filter(name=name).exists():
        raise RateTableExistsError(table=existing or name)
    with act("rates.open", by=by):
        return RateTable.objects.create(name=name, partner=partner)
