"""What the simulated carrier does with a number: its last four digits decide.

Source: reference/rest-api.md, "Test keys".
"""

import random
from dataclasses import dataclass

DELIVERED = "DELIVERED"
UNDELIVERED = "UNDELIVERED"


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one message.

    Attributes:
        refusal: the code of the refusal at submit; empty when the message is taken.
        outcome: what its receipts say.
        code: the code in its receipts, in the style of SMPP's `stat`.
        delays: seconds after which each of its receipts comes; none, one or several.
        reply: what the handset answers back; empty for nothing.
    """

    refusal: str = ""
    outcome: str = DELIVERED
    code: str = "DELIVRD"
    delays: tuple[float, ...] = ()
    reply: str = ""


REFUSED = Fate(refusal="BLACKLIST")
AT_ONCE = Fate(delays=(0.0,))
SILENT = Fate()


def fate_of(number: str, *, late_seconds: float) -> Fate:
    """Return what becomes of a message to `number`; an ordinary one arrives within a second."""
    soon = random.uniform(0.2, 0.9)  # noqa: S311 - no secret
    match number[-4:]:
        case "0000":
            fate = AT_ONCE
        case "0001":
            fate = Fate(outcome=UNDELIVERED, code="UNDELIV", delays=(soon,))
        case "0002":
            fate = SILENT
        case "0003":
            fate = Fate(delays=(late_seconds,))
        case "0004":
            fate = Fate(delays=(soon, soon, soon + 0.5))
        case "0005":
            fate = REFUSED
        case "0006":
            fate = Fate(delays=(soon,), reply="R")
        case _:
            fate = Fate(delays=(soon,))
    return fate
