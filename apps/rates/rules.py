"""Counting characters, and money, into segments, the unit that is sold (agreement clauses 8 and 9)."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal


@dataclass(frozen=True, slots=True)
class SegmentSizes:
    """Characters in a message that is one segment, and in each segment of a longer one.

    70 alone and 67 each on mobile networks: a part gives 3 of its 70 UCS-2 units to the header
    that joins it to the others (GSM 03.40, 9.2.3.24.1). 58 on PHS, which joins nothing.
    """

    single: int
    part: int


MOBILE_SIZES = SegmentSizes(single=70, part=67)
PHS_SIZES = SegmentSizes(single=58, part=58)


def count_characters(text: str) -> int:
    """Count the characters that networks carry and charge: UCS-2 units.

    Every letter, digit, Chinese character and blank is one; an emoji, which UCS-2 writes as a
    pair, is two. Signature and brackets count like the rest.
    """
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def count_segments(text: str, sizes: SegmentSizes) -> int:
    """Return how many segments a composed text takes: 70 characters take 1, 71 take 2, 135 take 3."""
    characters = count_characters(text)
    return 1 if characters <= sizes.single else -(-characters // sizes.part)


def segments_for(amount_yuan: Decimal, unit_price_yuan: Decimal) -> tuple[int, Decimal]:
    """Turn money into whole segments, rounded down, and the yuan that did not make one.

    10 000 yuan at 0.05 buy 200 000 segments and leave 0.00.
    """
    segments = int((amount_yuan / unit_price_yuan).to_integral_value(rounding=ROUND_DOWN))
    return segments, amount_yuan - segments * unit_price_yuan
