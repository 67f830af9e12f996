"""Yuan as `Decimal`, to the cent; unit prices to a hundredth of a cent. Never a float."""

from decimal import ROUND_DOWN, Decimal

import cn2an

CENT = Decimal("0.01")
MAX_AMOUNT_YUAN = Decimal("99999999.99")


def segments_for(amount_yuan: Decimal, unit_price_yuan: Decimal) -> tuple[int, Decimal]:
    """Turn money into whole segments, rounded down, and the yuan that did not make one.

    10 000 yuan at 0.05 buy 200 000 segments and leave 0.00.
    """
    segments = int((amount_yuan / unit_price_yuan).to_integral_value(rounding=ROUND_DOWN))
    return segments, amount_yuan - segments * unit_price_yuan


def capitals(amount_yuan: Decimal) -> str:
    """Write an amount as it stands on cheques: 10000.00 is 壹万元整, 10.05 is 壹拾元零伍分."""
    return str(cn2an.an2cn(f"{amount_yuan:.2f}", "rmb"))
