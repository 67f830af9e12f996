"""What staff see of a partner's numbers and texts (agreement clause 4)."""

KEPT_IN_FRONT = 3
KEPT_AT_END = 4


def masked_number(number: str) -> str:
    """Hide the middle of a number: 13800138000 becomes 138****8000."""
    hidden = len(number) - KEPT_IN_FRONT - KEPT_AT_END
    if hidden < 1:
        return "*" * len(number)
    return f"{number[:KEPT_IN_FRONT]}{'*' * hidden}{number[-KEPT_AT_END:]}"


def masked_text(text: str) -> str:
    """Hide a text but for its length: one dot a character, at most eight."""
    return "•" * min(len(text), 8)
