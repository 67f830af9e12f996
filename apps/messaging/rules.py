"""Pure rules of a send: what goes out, to whom, in how many segments."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from apps.carriers.rules import is_phs, normalise
from apps.rates.rules import SegmentSizes, count_characters, count_segments

MAX_CHARACTERS = 500  # With signature and opt-out notice; the limit of every large Chinese gateway.
MAX_RECIPIENTS = 10_000
OPT_OUT_NOTICE = (
    "拒收请回复R"  # The form that carriers accept everywhere; it must stand at the end.
)
BRACKETS = "【】"


@dataclass(frozen=True, slots=True)
class Rejection:
    """A recipient that is left out, as the caller wrote it, and the published code of why."""

    to: str
    code: str


@dataclass(slots=True)
class Recipients:
    """Normalised numbers in the caller's order, each once, and those left out."""

    numbers: list[str] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)


def sort_out(raw: Iterable[str]) -> Recipients:
    """Normalise and de-duplicate recipients; a bad one does not fail the rest."""
    found = Recipients()
    seen: set[str] = set()
    for text in raw:
        number = normalise(text)
        if number is None:
            found.rejected.append(Rejection(text[:32], "invalid_number"))
        elif number in seen:
            found.rejected.append(Rejection(text[:32], "duplicate"))
        else:
            seen.add(number)
            found.numbers.append(number)
    return found


def with_opt_out(text: str, kind: str) -> str:
    """Return the text with the opt-out notice that marketing must end with (MIIT order No. 31)."""
    if kind != "marketing" or text.endswith(OPT_OUT_NOTICE):
        return text
    return f"{text}{OPT_OUT_NOTICE}"


def compose(*, text: str, signature: str, position: str = "FRONT") -> str:
    """Return what the handset shows: the signature in its brackets where the channel wants it."""
    sign = f"【{signature}】"
    return f"{text}{sign}" if position == "END" else f"{sign}{text}"


def is_too_long(composed: str) -> bool:
    """Tell whether a composed text is longer than any channel takes."""
    return count_characters(composed) > MAX_CHARACTERS


def segments_by_class(composed: str, sizes: Mapping[str, SegmentSizes]) -> dict[str, int]:
    """Return the segments of a composed text on each class of networks."""
    return {network_class: count_segments(composed, size) for network_class, size in sizes.items()}


def network_class_of(number: str) -> str:
    """Return the network class by which a number's characters are counted."""
    return "phs" if is_phs(number) else "mobile"


# Statuses in which a message's segments are given back, by the agreement's refund rule. What never
# left the gateway is given back under every rule.
_NOT_SENT = frozenset({"EXPIRED", "CANCELLED", "REFUSED"})
REFUNDED = {
    "never": _NOT_SENT,
    "on_reject": _NOT_SENT | {"REJECTED"},
    "on_failure": _NOT_SENT | {"REJECTED", "UNDELIVERED"},
}


def refunded_segments(status: str, refund_rule: str, charged: int) -> int:
    """Return how many of a message's segments are given back when it ends in `status`."""
    return charged if status in REFUNDED[refund_rule] else 0
