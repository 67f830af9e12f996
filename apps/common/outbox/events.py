"""What an event is: a frozen dataclass beside the service that publishes it.

    @dataclass(frozen=True, kw_only=True)
    class SignatureRejected(SignatureEvent):
        name = "signature.rejected"
        reasons: tuple[RejectionReason, ...]
        remark: Written

Its fields are facts and codes, never a sentence: whoever tells a person of it writes the sentence,
in that person's language. A text is either a `Code` that software coined (a number, a key) or
`Written` by a person (a name, a remark) and handed on as it is; there is no third kind.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import Enum
from typing import Annotated, Any, ClassVar, TypeAlias, get_type_hints


class TextKind(Enum):
    """Where a text comes from."""

    CODE = "coined by software, plain ASCII"
    WRITTEN = "written by a person"


Code: TypeAlias = Annotated[str, TextKind.CODE]
Written: TypeAlias = Annotated[str, TextKind.WRITTEN]


class UnknownEventError(LookupError):
    """No class of this process has an event's name."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to a subject, mostly of a partner.

    Attributes:
        name: published as `<noun>.<what happened>`, never reused for something else.
        subject_kind: what `subject_id` is the id of.
        partner_id: whose people and software hear of it; None where it is the gateway's alone.
    """

    name: ClassVar[str]
    subject_kind: ClassVar[str]

    partner_id: int | None
    account_id: int | None = None
    subject_id: str


ENVELOPE = frozenset(field.name for field in fields(Event))


def payload_types(kind: type[Event]) -> dict[str, Any]:
    """Return the declared type of each fact that goes out, by name."""
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: hints[field.name] for field in fields(kind) if field.name not in ENVELOPE}


def every_event(base: type[Event] = Event) -> Iterator[type[Event]]:
    """Walk the events that have a name of their own; bases of several have none."""
    for kind in base.__subclasses__():
        if "name" in vars(kind):
            yield kind
        yield from every_event(kind)


def of_name(name: str) -> type[Event]:
    """Return the class of an event.

    Raises:
        UnknownEventError: there is none.
    """
    for kind in every_event():
        if kind.name == name:
            return kind
    raise UnknownEventError(name)
