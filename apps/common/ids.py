"""Time-ordered identifiers (UUIDv7, RFC 9562) and the opaque forms that partners see.

Large tables are keyed by them: new rows land at the right edge of every index, a range of time is
a range of ids, and partitions are cut by id. The ids of one batch are consecutive numbers, so a
run of messages is named by its first id and a count.
"""

import secrets
import threading
import uuid
from datetime import UTC, datetime

_VERSION = 7 << 76
_VARIANT = 2 << 62
# The last 62 bits start below 2^61, so that a run of up to 2^61 ids never carries into the variant.
_RUN_START_BITS = 61
_STEP = 1 << 32  # Still unguessable from the one before, and a million of them do not carry.


def uuid7_run(at: datetime) -> int:
    """Return, as a number, the first id of a run of consecutive ids made at `at`."""
    milliseconds = int(at.timestamp() * 1000)
    random = secrets.randbits(12 + _RUN_START_BITS)
    return (
        (milliseconds << 80)
        | _VERSION
        | ((random >> _RUN_START_BITS) << 64)
        | _VARIANT
        | (random & ((1 << _RUN_START_BITS) - 1))
    )


_mutex = threading.Lock()
_newest = 0


def uuid7(at: datetime | None = None) -> uuid.UUID:
    """Return a new id made at `at`, or now; of two made in one millisecond here, the later is higher.

    What one transaction writes at one moment can so be read in the order in which it was written.
    """
    global _newest  # noqa: PLW0603 - one line of ids for the process
    made = uuid7_run(at or datetime.now(tz=UTC))
    with _mutex:
        if made >> 80 == _newest >> 80 and made <= _newest:
            made = _newest + 1 + secrets.randbelow(_STEP)
        _newest = made
    return uuid.UUID(int=made)


def floor(at: datetime) -> uuid.UUID:
    """Return the lowest id that the millisecond of `at` can have: the bound of a time range.

    Before 1970 there are no ids; the bound is then the lowest of all.
    """
    return uuid.UUID(int=max(0, int(at.timestamp() * 1000)) << 80)


def made_at(identifier: uuid.UUID) -> datetime:
    """Return the moment (UTC, to the millisecond) at which an id was made."""
    return datetime.fromtimestamp((identifier.int >> 80) / 1000, tz=UTC)


def public(prefix: str, identifier: uuid.UUID) -> str:
    """Write an id as partners see it, such as `msg_019a…`."""
    return f"{prefix}_{identifier.hex}"


def parse_public(prefix: str, text: str) -> uuid.UUID | None:
    """Read an id that a partner sent; None when it is not one of ours."""
    head, _, tail = text.partition("_")
    if head != prefix or len(tail) != 32 or not set(tail) <= set("0123456789abcdef"):
        return None
    return uuid.UUID(hex=tail)
