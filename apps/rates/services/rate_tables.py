"""Rate tables: opened, given versions that are drafted and published, and ended.

A partner follows the standard table unless it has a table of its own with a version in force. So
prices of its own begin with the first version that is published there, and end with `end_own`.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.audit import queries as history
from apps.audit import separations
from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.audit.separations import Hands, SeparationError
from apps.common import conflicts
from apps.common.errors import ConflictError
from apps.partners import locks as partner_locks
from apps.partners.models import Partner
from apps.rates import locks
from apps.rates.choices import RateStatus
from apps.rates.drafting import TierDraft
from apps.rates.models import RateTable, RateVersion
from apps.rates.queries import prices as queries
from apps.rates.services import drafts


class RateTableExistsError(ConflictError):
    """There is one standard table, and at most one per partner."""

    code = "rate_table_exists"
    field = "name"
    message = _("There is such a rate table already: %(table)s.")
    cure = _("Draft a new version of the table that is there.")


class RateVersionOverlapError(ConflictError):
    """A published version starts at the same moment or later, or has an end after it."""

    code = "rate_version_overlap"
    message = _(
        "Another published version starts at that moment or later, or ends later. "
        "Choose a later start."
    )
    cure = _("Choose a start after that of the newest published version.")


class OwnDraftError(SeparationError):
    """Nobody publishes prices that they drafted or changed."""

    code = "rate_own_draft"


class OwnPricesNotOpenError(ConflictError):
    """The partner has no prices of its own that go on, or they begin only after that moment."""

    code = "own_prices_not_open"
    message = _("No prices of its own are in force for this partner without an end.")
    cure = _("Look at the partner's own table: when its newest version ends.")


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
def own_table(*, partner: Partner, by: Actor) -> RateTable:
    """Return the table of prices that a partner has of its own, opening it the first time.

    Raises:
        RateTableExistsError: another table has the partner's name.
    """
    partner_locks.partner(partner.pk)
    return queries.table_of(partner.pk) or _open(name=partner.name, partner=partner, by=by)


@transaction.atomic
def end_own(*, partner: Partner, ends_at: datetime, by: Actor) -> RateVersion:
    """End the prices that a partner has of its own: from `ends_at` on it follows the standard table.

    Raises:
        OwnPricesNotOpenError: it has none, they have an end, or begin later.
    """
    newest = RateVersion.objects.filter(
        table__partner=partner, status=RateStatus.PUBLISHED, ends_at=None, starts_at__lt=ends_at
    ).first()
    if newest is None:
        raise OwnPricesNotOpenError
    _table, version = locks.table_of_version(newest.pk)
    if version.ends_at is not None:
        raise OwnPricesNotOpenError
    version.ends_at = ends_at
    with act("rates.end_own", by=by):
        version.save(update_fields=["ends_at"])
    return version


@transaction.atomic
def draft_version(
    *, table: RateTable, starts_at: datetime, tiers: Mapping[int, Decimal], by: Actor
) -> RateVersion:
    """Write a draft with its tiers, given as {from segments: yuan per segment}.

    Raises:
        RateTiersError: no tier, a quantity below zero, a price not above zero or one that rises.
    """
    rows = [
        TierDraft(from_segments=from_segments, unit_price_yuan=unit_price_yuan)
        for from_segments, unit_price_yuan in tiers.items()
    ]
    drafts.check(rows)
    with act("rates.draft_version", by=by):
        version = RateVersion.objects.create(table=table, starts_at=starts_at)
        drafts.write_tiers(version, rows)
    return version


@transaction.atomic
def publish(*, version_id: int, by: Actor, at: datetime) -> RateVersion:
    """Put a draft in force from its start on; the version before it ends there.

    Where the start has passed by, it holds from `at`: prices never change for the past.

    Raises:
        RateVersionPublishedError: it is published.
        RateVersionOverlapError: a published version starts then or later, or ends later.
        RateTiersError: it has no tiers.
        OwnDraftError: `by` began the draft, or saved it since.
    """
    table, version = locks.table_of_version(version_id)
    if version.status != RateStatus.DRAFT:
        raise drafts.RateVersionPublishedError
    relaxed = separations.check(
        "rates.publish",
        by=by,
        hands=hands_on(version),
        errors={"prices-drafted": OwnDraftError},
    )
    drafts.check(drafts.drafts_of(version))
    version.starts_at = max(version.starts_at, at)
    published = RateVersion.objects.filter(table=table, status=RateStatus.PUBLISHED)
    if published.filter(
        Q(starts_at__gte=version.starts_at) | Q(ends_at__gt=version.starts_at)
    ).exists():
        raise RateVersionOverlapError
    with act("rates.publish", by=by, relaxed=relaxed):
        for earlier in published.filter(ends_at=None):
            earlier.ends_at = version.starts_at
            earlier.save(update_fields=["ends_at"])
        version.status = RateStatus.PUBLISHED
        version.save(update_fields=["status", "starts_at"])
    return version


def hands_on(version: RateVersion) -> Hands:
    """Return who drafted a version, and who changed the draft since."""
    return history.hands_on(version, "rates.draft_version", "rates.save_draft")


def _open(*, name: str, partner: Partner | None, by: Actor) -> RateTable:
    existing = RateTable.objects.filter(partner=partner).first()
    if existing or RateTable.objects.filter(name=name).exists():
        raise RateTableExistsError(table=existing or name)
    exists = RateTableExistsError(table=name)
    with (
        act("rates.open", by=by),
        conflicts.told(
            rates_ratetable_name_key=exists,
            rates_ratetable_one_standard=exists,
            rates_ratetable_one_per_partner=exists,
        ),
    ):
        return RateTable.objects.create(name=name, partner=partner)
