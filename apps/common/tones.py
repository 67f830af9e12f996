"""How states look wherever they are shown: good, moving, waiting for somebody, bad, or neutral.

Each app says beside its choices which of its states are which; one that nobody declares is neutral.
A state has one tone, whichever app shows it.
"""

from collections.abc import Collection
from enum import StrEnum


class Tone(StrEnum):
    """The colour of a state, by what it asks of a reader."""

    GOOD = "good"
    MOVING = "moving"
    WAITING = "waiting"
    BAD = "bad"
    NEUTRAL = "neutral"


_DECLARED: dict[str, Tone] = {}


def declare(
    *,
    good: Collection[str] = (),
    moving: Collection[str] = (),
    waiting: Collection[str] = (),
    bad: Collection[str] = (),
) -> None:
    """Say how some states look.

    Raises:
        ValueError: one of them was declared to look otherwise.
    """
    said = {Tone.GOOD: good, Tone.MOVING: moving, Tone.WAITING: waiting, Tone.BAD: bad}
    for tone, states in said.items():
        for state in states:
            if _DECLARED.setdefault(str(state), tone) != tone:
                raise ValueError(f"{state} is {_DECLARED[state]} already, not {tone}")


def tone_of(state: str) -> Tone:
    """Return how a state looks; the name of a tone looks like itself."""
    if state in set(Tone):
        return Tone(state)
    return _DECLARED.get(state, Tone.NEUTRAL)


def declared() -> dict[str, Tone]:
    """Return every declared state with its tone."""
    return dict(_DECLARED)
