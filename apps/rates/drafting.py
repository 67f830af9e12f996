"""The tiers of a draft as somebody typed them, and what is wrong with them, cell by cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAX_SEGMENTS = 999_999_999
MAX_PRICE_YUAN = Decimal(1000)
MAX_FACTOR = Decimal(99)
PLACES = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class TierDraft:
    """One row: from so many segments, yuan for each; PHS a multiple or a price of its own."""

    from_segments: int
    unit_price_yuan: Decimal
    phs_factor: Decimal | None = None
    phs_unit_price_yuan: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """What is wrong with a cell; rows are counted from 0 in the order they were given."""

    row: int
    field: str
    why: Promise


def faults_in(rows: Sequence[TierDraft]) -> list[Fault]:
    """Return what is wrong, by row: values out of bounds, a quantity twice, a price that rises.

    A larger purchase never costs more a segment: otherwise more money could buy less.
    """
    found = [fault for place, row in enumerate(rows) for fault in _faults_of(place, row)]
    in_order = sorted(enumerate(rows), key=lambda numbered: numbered[1].from_segments)
    for (_place, lower), (place, row) in pairwise(in_order):
        if row.from_segments == lower.from_segments:
            found.append(_fault(place, "from_segments", _("This quantity is there twice.")))
        elif row.unit_price_yuan > lower.unit_price_yuan:
            why = _("Dearer than the tier below it. A larger purchase never costs more each.")
            found.append(_fault(place, "unit_price_yuan", why))
    return found


def _faults_of(place: int, row: TierDraft) -> Iterator[Fault]:
    if not 0 <= row.from_segments <= MAX_SEGMENTS:
        yield _fault(place, "from_segments", _("A whole number from 0 to 999,999,999."))
    if not _is_within(row.unit_price_yuan, MAX_PRICE_YUAN):
        yield _fault(place, "unit_price_yuan", _PRICE)
    if row.phs_factor is not None and row.phs_unit_price_yuan is not None:
        yield _fault(place, "phs_unit_price_yuan", _("Give a multiple or a price, not both."))
    if row.phs_factor is not None and not _is_within(row.phs_factor, MAX_FACTOR):
        why = _("Above 0 and at most 99, with at most four decimals.")
        yield _fault(place, "phs_factor", why)
    if row.phs_unit_price_yuan is not None and not _is_within(
        row.phs_unit_price_yuan, MAX_PRICE_YUAN
    ):
        yield _fault(place, "phs_unit_price_yuan", _PRICE)


_PRICE = _("Above 0 and at most 1,000 yuan, with at most four decimals.")


def _is_within(value: Decimal, most: Decimal) -> bool:
    return value.is_finite() and 0 < value <= most and value == round(value, PLACES)


def _fault(place: int, field: str, why: Promise) -> Fault:
    return Fault(row=place, field=field, why=why)
