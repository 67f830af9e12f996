"""Who must look at money before it becomes credit."""

from decimal import Decimal


def needs_second_person(
    *, amount_yuan: Decimal, one_person_max_yuan: Decimal, has_typed: bool, has_proposed: bool
) -> bool:
    """Tell whether somebody must leave the crediting of money to another person.

    Whoever typed a line of the bank always must: nobody else has seen that money. Whoever said
    whose money it is must above the limit. `amount_yuan` is the whole of what is credited together.

    Source: DESIGN sections 5 and 8.
    """
    return has_typed or (has_proposed and amount_yuan > one_person_max_yuan)
