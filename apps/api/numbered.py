"""Ids of rows that are numbered, as partners see them: opaque texts such as `sig_1024`."""

import re

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


def public(prefix: str, number: int) -> str:
    """Write an id as partners see it."""
    return f"{prefix}_{number}"


def parse(prefix: str, text: str) -> int | None:
    """Read an id that a partner sent; None when it is not one of ours."""
    head, _, tail = text.partition("_")
    return int(tail) if head == prefix and _NUMBER.fullmatch(tail) else None
