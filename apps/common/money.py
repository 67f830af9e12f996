"""Yuan as `Decimal`, to the cent; unit prices to a hundredth of a cent. Never a float."""

from decimal import Decimal

import cn2an

CENT = Decimal("0.01")
MAX_AMOUNT_YUAN = Decimal("99999999.99")


def capitals(amount_yuan: Decimal) -> str:
    """Write an amount as it stands on cheques: 10000.00 is 壹万元整, 10.05 is 壹拾元零伍分."""
    return str(cn2an.an2cn(f"{amount_yuan:.2f}", "rmb"))
