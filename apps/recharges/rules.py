"""Who must look at money before it becomes credit."""

from decimal import Decimal


def is_one_person_enough(*, amount_yuan: Decimal, used_yuan: Decimal, limit_yuan: Decimal) -> bool:
    """Tell whether whoever said whose money it is may credit it, too.

    The limit is for a person and a day of Beijing: `used_yuan` is what they credited alone on it,
    `amount_yuan` the whole of what would be credited together now.

    Source: DESIGN sections 5 and 8.
    """
    return used_yuan + amount_yuan <= limit_yuan
