"""Drafts of prices: begun from those in force, edited as a whole, discarded.

Tiers are written in one call or not at all, so that a table is never half edited.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import RELOAD, ConflictError, InvalidError
from apps.rates import locks
from apps.rates.choices import RateStatus
from apps.rates.drafting import TierDraft, faults_in
from apps.rates.models import RateTable, RateTier, RateVersion
from apps.rates.queries import prices as queries


class RateTiersError(InvalidError):
    """A version needs at least one tier, prices above zero, and none that rises with quantity.

    `faults` names each wrong cell, by row and field.
    """

    code = "rate_tiers_invalid"
    message = _(
        "Give at least one tier, each with a quantity from 0 up and a price above zero that is "
        "not higher than that of the tier below."
    )
    cure = _("Correct the cells that are marked, and save again.")


class RateVersionPublishedError(ConflictError):
    """What is published is never changed."""

    code = "rate_version_published"
    message = _("This version is published. Make a new one that starts later.")
    cure = _("Draft a new version that starts later.")


class RateDraftChangedError(ConflictError):
    """Somebody saved the draft since this person opened it."""

    code = "rate_draft_changed"
    message = _(
        "Somebody else saved this draft since you opened it. Copy what you typed, load the page "
        "again and repeat your change."
    )
    cure = RELOAD


@transaction.atomic
def begin(*, table: RateTable, starts_at: datetime, by: Actor) -> RateVersion:
    """Begin a draft with the tiers of the table's newest published version; none in a new table."""
    newest = (
        RateVersion.objects.filter(table=table, status=RateStatus.PUBLISHED)
        .order_by("-starts_at", "-pk")
        .first()
    )
    with act("rates.draft_version", by=by):
        version = RateVersion.objects.create(table=table, starts_at=starts_at)
        write_tiers(version, drafts_of(newest) if newest else [])
    return version


@transaction.atomic
def save(
    *,
    version_id: int,
    revision: int,
    starts_at: datetime,
    tiers: Sequence[TierDraft],
    by: Actor,
) -> RateVersion:
    """Replace what a draft says: its start and all its tiers.

    `revision` is the one that was read; it rises with every save.

    Raises:
        RateVersionPublishedError: it is published.
        RateDraftChangedError: somebody else saved it meanwhile.
        RateTiersError: there is no tier, or a cell is wrong.
    """
    version = _draft(version_id)
    if version.revision != revision:
        raise RateDraftChangedError
    check(tiers)
    version.starts_at, version.revision = starts_at, revision + 1
    with act("rates.save_draft", by=by):
        version.save(update_fields=["starts_at", "revision"])
        write_tiers(version, tiers)
    return version


@transaction.atomic
def discard(*, version_id: int, by: Actor) -> None:
    """Throw a draft away; the history keeps it.

    Raises:
        RateVersionPublishedError: it is published.
    """
    version = _draft(version_id)
    with act("rates.discard_draft", by=by):
        version.delete()


def check(tiers: Sequence[TierDraft]) -> None:
    """Refuse tiers that cannot be sold by.

    Raises:
        RateTiersError: there is none, or a cell is wrong.
    """
    faults = faults_in(tiers)
    if faults or not tiers:
        raise RateTiersError(faults=faults)


def drafts_of(version: RateVersion) -> list[TierDraft]:
    """Return a version's tiers as rows to edit, the smallest quantity first."""
    return [
        TierDraft(
            from_segments=tier.from_segments,
            unit_price_yuan=tier.unit_price_yuan,
            phs_factor=tier.phs_factor,
            phs_unit_price_yuan=tier.phs_unit_price_yuan,
        )
        for tier in queries.tiers(version)
    ]


def write_tiers(version: RateVersion, tiers: Iterable[TierDraft]) -> None:
    """Make the tiers of a draft these; a tier whose quantity stays keeps its row and history."""
    kept = {tier.from_segments: tier for tier in RateTier.objects.filter(version=version)}
    for row in tiers:
        tier = kept.pop(row.from_segments, None)
        tier = tier or RateTier(version=version, from_segments=row.from_segments)
        tier.unit_price_yuan = row.unit_price_yuan
        tier.phs_factor, tier.phs_unit_price_yuan = row.phs_factor, row.phs_unit_price_yuan
        tier.save()
    RateTier.objects.filter(pk__in=[tier.pk for tier in kept.values()]).delete()


def _draft(version_id: int) -> RateVersion:
    _table, version = locks.table_of_version(version_id)
    if version.status != RateStatus.DRAFT:
        raise RateVersionPublishedError
    return version
