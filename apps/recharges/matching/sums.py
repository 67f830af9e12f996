"""Several amounts that add up to one: bounded, since the problem is not."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import TypeVar

MAX_PARTS = 4
MAX_CANDIDATES = 12  # 12 candidates have 781 sets of two to four
MAX_SETS = 5

_T = TypeVar("_T")


def adding_up(
    items: Sequence[tuple[_T, Decimal]], total: Decimal, *, must_have: _T | None = None
) -> list[tuple[_T, ...]]:
    """Return sets of two to four items whose amounts add up to `total`, the smallest sets first.

    Looks at the first `MAX_CANDIDATES` items, so give the likeliest first.
    """
    usable = [(item, amount) for item, amount in items if amount < total][:MAX_CANDIDATES]
    found = []
    for parts in _sets(usable, total):
        if must_have is None or must_have in parts:
            found.append(parts)
            if len(found) == MAX_SETS:
                break
    return found


def _sets(items: Sequence[tuple[_T, Decimal]], total: Decimal) -> Iterator[tuple[_T, ...]]:
    cents = int(total * 100)
    amounts = [int(amount * 100) for _item, amount in items]
    for count in range(2, min(MAX_PARTS, len(items)) + 1):
        for chosen in combinations(range(len(items)), count):
            if sum(amounts[at] for at in chosen) == cents:
                yield tuple(items[at][0] for at in chosen)
