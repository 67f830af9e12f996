"""Which prices hold for a partner at a moment, and what money buys at them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.common.errors import InvalidError, NotFoundError
from apps.rates import pricing
from apps.rates.choices import RateStatus
from apps.rates.models import CharacterStandard, RateTable, RateTier, RateVersion


class NoRateError(NotFoundError):
    """Neither the partner's own table nor the standard one has a published version in force."""

    code = "no_rate"
    message = _("No published prices are in force. Publish a version of the standard rate table.")
    cure = _("Publish a version of the standard rate table that holds today.")


class BelowLowestTierError(InvalidError):
    """The purchase is smaller than the smallest that the rate table offers."""

    code = "below_lowest_tier"
    message = _(
        "This is less than the smallest purchase in the rate table: %(least_segments)s segments "
        "for %(least_yuan)s yuan."
    )
    cure = _("Buy more at once, or agree on a table with a lower first tier.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """A price, the version of the table that it was taken from, and the tier above it."""

    version: RateVersion
    price: pricing.Price
    step: pricing.Step | None = None

    @property
    def is_own(self) -> bool:
        """Whether the partner has these prices of its own."""
        return self.version.table.partner_id is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """A version beside the one that it takes over from."""

    version: RateVersion
    earlier: RateVersion | None
    differences: list[pricing.Difference]


def rate_version(*, partner_id: int | None, at: datetime) -> RateVersion:
    """Return the version in force for a partner: its own table's, or else the standard one's.

    Without a partner it is the standard one's.

    Raises:
        NoRateError: there is none.
    """
    version = (
        RateVersion.objects.active_on(at)
        .filter(Q(table__partner=partner_id) | Q(table__partner=None))
        .select_related("table")
        .order_by(F("table__partner").asc(nulls_last=True), "pk")
        .first()
    )
    if version is None:
        raise NoRateError
    return version


def table_of(partner_id: int) -> RateTable | None:
    """Return the table of prices that a partner has of its own, if it has one."""
    return RateTable.objects.filter(partner=partner_id).first()


def tiers(version: RateVersion) -> list[pricing.Tier]:
    """Return the tiers of a version, the smallest quantity first."""
    rows = RateTier.objects.filter(version=version).order_by("from_segments", "pk")
    return [
        pricing.Tier(
            id=row.pk,
            from_segments=row.from_segments,
            unit_price_yuan=row.unit_price_yuan,
            phs_factor=row.phs_factor,
            phs_unit_price_yuan=row.phs_unit_price_yuan,
        )
        for row in rows
    ]


def price_for_amount(*, partner_id: int | None, amount_yuan: Decimal, at: datetime) -> Quote:
    """Return what `amount_yuan` buys a partner at `at`.

    Raises:
        NoRateError: no prices are in force.
        BelowLowestTierError: it buys less than the lowest tier.
    """
    version = rate_version(partner_id=partner_id, at=at)
    rows = tiers(version)
    return _quote(version, rows, pricing.for_amount(rows, amount_yuan))


def price_for_quantity(*, partner_id: int | None, segments: int, at: datetime) -> Quote:
    """Return what `segments` cost a partner at `at`, in whole cents.

    Raises:
        NoRateError: no prices are in force.
        BelowLowestTierError: it is less than the lowest tier.
    """
    version = rate_version(partner_id=partner_id, at=at)
    rows = tiers(version)
    return _quote(version, rows, pricing.for_quantity(rows, segments))


def version_before(version: RateVersion) -> RateVersion | None:
    """Return the published version that a draft takes over from, or a published one took over from."""
    published = RateVersion.objects.filter(table=version.table_id, status=RateStatus.PUBLISHED)
    if version.status == RateStatus.PUBLISHED:
        published = published.filter(starts_at__lt=version.starts_at)
    return published.order_by("-starts_at", "-pk").first()


def comparison(version: RateVersion) -> Comparison:
    """Set a version side by side with the one before it."""
    earlier = version_before(version)
    before = tiers(earlier) if earlier else []
    return Comparison(
        version=version, earlier=earlier, differences=pricing.compare(before, tiers(version))
    )


def character_standards(at: datetime) -> list[CharacterStandard]:
    """Return the standards in force, by network class."""
    return list(CharacterStandard.objects.active_on(at).order_by("network_class", "pk"))


def _quote(
    version: RateVersion, rows: Sequence[pricing.Tier], price: pricing.Price | None
) -> Quote:
    if price is None:
        least = pricing.smallest(rows)
        raise BelowLowestTierError(
            least_segments=f"{least.segments:,}" if least else "—",
            least_yuan=f"{least.amount_yuan:,}" if least else "—",
        )
    return Quote(version=version, price=price, step=pricing.next_step(rows, price))
