"""What a decision needs, and when an end is announced: plain Python."""

from collections.abc import Collection

OTHER = "OTHER"  # the code of every kind for what no other code says
WARNING_DAYS = (30, 7, 1)


def says_why(codes: Collection[str], remark: str) -> bool:
    """Tell whether a refusal says why: by codes, and in words where `OTHER` is among them.

    >>> says_why(["PROOF_MISSING", "OTHER"], remark=" ")
    False
    """
    return bool(codes) and (OTHER not in codes or bool(remark.strip()))


def due_warning(days_left: int, already: Collection[int]) -> int | None:
    """Return which warning is due with so many days left, or None.

    Only the closest one is ever due: days on which nothing ran are made up for by one warning.

    >>> due_warning(25, already=())
    30
    >>> due_warning(6, already=(30,))
    7
    """
    passed = [threshold for threshold in WARNING_DAYS if 0 < days_left <= threshold]
    if not passed or min(passed) in already:
        return None
    return min(passed)
