"""Facts of an event as JSON, and back: one way for all events.

| declared as            | in JSON                                     |
|------------------------|---------------------------------------------|
| `int`, `bool`          | the same                                    |
| `Decimal`              | a text such as "10000.00"                   |
| `date`, `datetime`     | ISO 8601, moments with their offset         |
| `UUID`, `Code`         | the text                                    |
| an enum of codes       | the code                                    |
| `Written`              | the text                                    |
| `tuple[X, ...]`        | a list                                      |
| `X | None`             | null where it is None                       |

What is declared otherwise, or holds another value than is declared, is refused: so a sentence that
was translated, or is about to be, does not get into an event.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin
from uuid import UUID

from apps.common.outbox.events import Code, Event, Written, payload_types

JSON: TypeAlias = "str | int | bool | Sequence[JSON] | Mapping[str, JSON] | None"
_READ: dict[Any, Callable[[Any], Any]] = {
    int: int,
    bool: bool,
    Decimal: Decimal,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    UUID: UUID,
    Code: str,
    Written: str,
}
_WRITE: dict[Any, Callable[[Any], JSON]] = {
    int: int,
    bool: bool,
    date: date.isoformat,
    datetime: datetime.isoformat,
}


def payload_of(event: Event) -> dict[str, JSON]:
    """Return the facts of an event as they are stored and handed on.

    Raises:
        TypeError: a fact is not what its class declares.
        ValueError: a code is none of its enum, or none at all.
    """
    types = payload_types(type(event))
    return {name: _encoded(name, kind, getattr(event, name)) for name, kind in types.items()}


def event_of(
    kind: type[Event],
    payload: Mapping[str, Any],
    *,
    subject_id: str,
    partner_id: int | None,
    account_id: int | None,
) -> Event:
    """Return the event that a stored payload is of; what it does not declare any more is dropped.

    Raises:
        TypeError: a fact without a default is missing.
        ValueError: a fact cannot be read.
    """
    types = payload_types(kind)
    facts = {name: decoded(types[name], raw) for name, raw in payload.items() if name in types}
    return kind(subject_id=subject_id, partner_id=partner_id, account_id=account_id, **facts)


def decoded(kind: Any, raw: Any) -> Any:
    """Return one fact as its class declares it.

    Raises:
        TypeError, ValueError, ArithmeticError: it cannot be read as that.
    """
    is_optional, kind = _bare(kind)
    if raw is None and is_optional:
        return None
    if get_origin(kind) is tuple:
        return tuple(decoded(get_args(kind)[0], each) for each in raw)
    if raw is None:
        raise TypeError(kind)
    read: Callable[[Any], Any] = _READ.get(kind, kind)
    return read(raw)


def is_fact(kind: Any) -> bool:
    """Tell whether a field of an event may be declared so."""
    _is_optional, kind = _bare(kind)
    if get_origin(kind) is tuple:
        item, *rest = get_args(kind)
        return rest == [Ellipsis] and is_fact(item)
    return kind in _READ or (isinstance(kind, type) and issubclass(kind, Enum))


def _encoded(name: str, kind: Any, value: Any) -> JSON:
    is_optional, kind = _bare(kind)
    if value is None and is_optional:
        return None
    if get_origin(kind) is tuple:
        return [_encoded(name, get_args(kind)[0], each) for each in value]
    if isinstance(kind, type) and issubclass(kind, Enum):
        code: JSON = kind(value).value
        return code
    _check(name, kind, value)
    return _WRITE.get(kind, str)(value)


def _check(name: str, kind: Any, value: Any) -> None:
    """Refuse a value of another type, and a code that is written in a language."""
    expected = str if kind in {Code, Written} else kind
    # A moment is no day, and True no number, though Python says so.
    is_same = isinstance(value, expected) and (
        expected is str or type(value) is expected or expected not in {int, date}
    )
    if not is_same or not is_fact(kind):
        raise TypeError(name)
    if kind == Code and not value.isascii():
        raise ValueError(name)


def _bare(kind: Any) -> tuple[bool, Any]:
    """Part `X | None` into whether it may be None, and X."""
    if get_origin(kind) not in {Union, UnionType}:
        return False, kind
    rest = [each for each in get_args(kind) if each is not NoneType]
    return len(rest) < len(get_args(kind)), rest[0] if len(rest) == 1 else kind
