"""Who must look at money before it becomes credit."""

from decimal import Decimal

# Up to here one person of finance may credit what the bank's own file says (DESIGN section 5).
ONE_PERSON_MAX_YUAN = Decimal(50_000)


def needs_second_person(*, amount_yuan: Decimal, is_typed: bool) -> bool:
    """Tell whether whoever entered a bank entry must leave its recharge to somebody else.

    A line that a person typed always needs a second one; a line that was read from the bank's file
    only above the limit. `amount_yuan` is the whole of what is credited together.
    """
    return is_typed or amount_yuan > ONE_PERSON_MAX_YUAN
