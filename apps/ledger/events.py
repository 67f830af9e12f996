"""What is told of credit."""

from dataclasses import dataclass

from apps.common.outbox import Code, Event


@dataclass(frozen=True, kw_only=True)
class BalanceLow(Event):
    """An account has less credit than its partner wanted to be told of.

    Attributes:
        account: its code.
        available: segments that are left.
        alert_below: segments at which the partner wanted to know.
        days_left: how long they last at the pace of the last days; None where nothing is sent.
    """

    name = "balance.low"
    subject_kind = "account"

    account: Code
    available: int
    alert_below: int
    days_left: int | None
