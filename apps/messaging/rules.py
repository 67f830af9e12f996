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


NO_CONNECTOR = "CONNECTOR"  # the code of a message that no connector would take

# The rules of an agreement under which a message gives its segments back, by the status in which it
# ended and whether a carrier had to do with it (DESIGN section 5). What nobody sent goes back under
# every rule, also where a crash left open whether a carrier had it; what a carrier took and is silent
# about does not.
_EVERY_RULE = frozenset({"never", "on_reject", "on_failure"})
_AFTER_REFUSAL = frozenset({"on_reject", "on_failure"})
_REFUNDING: dict[tuple[str, bool, bool], frozenset[str]] = {
    # status, taken by a carrier, refused by every connector
    ("EXPIRED", False, False): _EVERY_RULE,
    ("CANCELLED", False, False): _EVERY_RULE,
    ("REFUSED", False, False): _EVERY_RULE,
    ("UNKNOWN", False, False): _EVERY_RULE,
    ("REJECTED", False, True): _EVERY_RULE,
    ("REJECTED", False, False): _AFTER_REFUSAL,
    ("UNDELIVERED", True, False): frozenset({"on_failure"}),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class End:
    """How a message ended.

    Attributes:
        was_taken: a carrier took it.
        code: the carrier's code, or ours.
    """

    status: str
    was_taken: bool
    code: str = ""


def refunded_segments(end: End, refund_rule: str, charged: int) -> int:
    """Return how many of a message's segments are given back at its end; `charged` is 0 for a test."""
    rules = _REFUNDING.get((end.status, end.was_taken, end.code == NO_CONNECTOR), frozenset())
    return charged if refund_rule in rules else 0


def refunding_ends() -> list[str]:
    """Return the same rule for SQL: each `status:taken:no connector:rule` that gives segments back.

    Booleans are `t` and `f`, as PostgreSQL writes them.
    """
    return sorted(
        f"{status}:{'ft'[was_taken]}:{'ft'[no_connector]}:{rule}"
        for (status, was_taken, no_connector), rules in _REFUNDING.items()
        for rule in rules
    )
