"""The character standards in force, as the send path wants them."""

from datetime import datetime

from apps.common.cache import Kept
from apps.rates.choices import NetworkClass
from apps.rates.models import CharacterStandard
from apps.rates.rules import MOBILE_SIZES, PHS_SIZES, SegmentSizes

_DEFAULTS = {NetworkClass.MOBILE.value: MOBILE_SIZES, NetworkClass.PHS.value: PHS_SIZES}
_kept: Kept[list[CharacterStandard]] = Kept(
    lambda: list(CharacterStandard.objects.order_by("starts_at", "id"))
)


def sizes_at(at: datetime) -> dict[str, SegmentSizes]:
    """Return the segment sizes of each network class at a moment."""
    return _DEFAULTS | {
        standard.network_class: SegmentSizes(standard.single_characters, standard.part_characters)
        for standard in _kept.get()
        if standard.starts_at <= at and (standard.ends_at is None or standard.ends_at > at)
    }
