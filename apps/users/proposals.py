"""What takes two people: the kinds of proposals, registered by the apps whose acts they are.

An app has its kinds in a module `proposing`, found when Django starts. One person proposes, another
approves, and only then the app's own service does it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from apps.audit.actors import Actor

Payload = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Approval:
    """A proposal that is being carried out.

    Attributes:
        by: who approves it.
        reason: why it was proposed, and by whom; for the history.
        relaxed: the separations that were relaxed for it.
    """

    payload: Payload
    by: Actor
    at: datetime
    reason: str
    relaxed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """One kind of proposal.

    Attributes:
        name: the act that an approval carries out.
        label: what readers call it.
        lines: what would be done, as labels and values; asked anew each time it is shown.
        carry_out: does it; returns what is shown once to whoever approved, such as a first password.
    """

    name: str
    label: Promise
    lines: Callable[[Payload], list[tuple[str, str]]]
    carry_out: Callable[[Approval], str]


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known."""
    KINDS[kind.name] = kind
