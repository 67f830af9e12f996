"""Which prices hold for a partner at a moment, and what money buys at them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError
from apps.rates import pricing
from apps.rates.models import RateTier, RateVersion


class NoRateError(DomainError):
    """Neither the partner's own table nor the standard one has a published version in force."""

    code = "no_rate"
    message = _("No published prices are in force. Publish a version of the standard rate table.")


class BelowLowestTierError(DomainError):
    """The purchase is smaller than the smallest that the rate table offers."""

    code = "below_lowest_tier"
    message = _("This is less than the smallest purchase in the rate table.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """A price, and the version of the table that it was taken from."""

    version: RateVersion
    price: pricing.Price


def rate_version(*, partner_id: int, at: datetime) -> RateVersion:
    """Return the version in force for a partner: its own table's, or else the standard one's.

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


def tiers(version: RateVersion) -> list[pricing.Tier]:
    """Return the tiers of a version, the smallest quantity first."""
    rows = RateTier.objects.filter(version=version).order_by("from_segments", "pk")
    return [
        pricing.Tier(
            id=row.pk, from_segments=row.from_segments, unit_price_yuan=row.unit_price_yuan
        )
        for row in rows
    ]


def price_for_amount(*, partner_id: int, amount_yuan: Decimal, at: datetime) -> Quote:
    """Return what `amount_yuan` buys a partner at `at`.

    Raises:
        NoRateError: no prices are in force.
        BelowLowestTierError: it buys less than the lowest tier.
    """
    version = rate_version(partner_id=partner_id, at=at)
    return _quote(version, pricing.for_amount(tiers(version), amount_yuan))


def price_for_quantity(*, partner_id: int, segments: int, at: datetime) -> Quote:
    """Return what `segments` cost a partner at `at`.

    Raises:
        NoRateError: no prices are in force.
        BelowLowestTierError: it is less than the lowest tier.
    """
    version = rate_version(partner_id=partner_id, at=at)
    return _quote(version, pricing.for_quantity(tiers(version), segments))


def _quote(version: RateVersion, price: pricing.Price | None) -> Quote:
    if price is None:
        raise BelowLowestTierError
    return Quote(version=version, price=price)
