"""Senders that this process knows from sends it accepted, so that the next send need not ask.

What is remembered decides nothing: the statement that stores the send compares it with what stands
in the database then (`sql.ACCEPT`). A process forgets everything when it knows too many.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.messaging.accepting.senders import Sender
from apps.partners.services import api_keys

MOST_SENDERS = 10_000  # About 2 kB each.


@dataclass(frozen=True, slots=True, eq=False)
class Remembered:
    """A sender, and what it was asked for by.

    Attributes:
        signature: as the request named it; None where it wanted the default.
    """

    sender: Sender
    prefix: str
    signature: str | None
    today: date

    def row(self, place: int) -> dict[str, Any]:
        """Return the row by which the statement sees whether the sender still stands."""
        return {
            "place": place,
            "account_id": self.sender.account_id,
            "prefix": self.prefix,
            "signature": self.signature,
            "today": self.today,
            "digest": self.sender.digest,
        }


_known: dict[tuple[bytes, str | None], Remembered] = {}
_keys: dict[bytes, date] = {}


def find(*, plain_key: str, signature: str | None, today: date) -> Remembered | None:
    """Return the sender behind a key if it is known and was read today."""
    found = _known.get((_fingerprint(plain_key), signature))
    return found if found is not None and found.today == today else None


def knows(*, plain_key: str, today: date) -> bool:
    """Tell whether the key was found right today, so that its request is worth reading."""
    return _keys.get(_fingerprint(plain_key)) == today


def remember(sender: Sender, *, plain_key: str, signature: str | None, today: date) -> None:
    """Keep a sender that was just read, whose key was found right, and whose send was accepted.

    A test key's is not kept: its sends are few, and a live account's papers do not concern it.
    """
    if sender.is_test:
        return
    if len(_known) >= MOST_SENDERS:
        _known.clear()
        _keys.clear()
    known = Remembered(sender, api_keys.prefix_of(plain_key), signature, today)
    _known[_fingerprint(plain_key), signature] = known
    _keys[_fingerprint(plain_key)] = today


def _fingerprint(plain_key: str) -> bytes:
    """Return what a key is known by: the key itself stays nowhere, not even in memory."""
    return hashlib.sha256(plain_key.encode()).digest()
