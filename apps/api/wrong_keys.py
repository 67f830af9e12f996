"""Wrong API keys: logged, counted by client address, and answered cheaply once there are too many.

The count is in the database, for all processes. A process that learns that an address has used it
up remembers so, and answers that address's unknown keys from then on without a write, and those it
has refused or that are no keys by their form without any look at the database. A key that exists is
still let through to the usual check: many work behind one address, and who sends valid keys from
there notices nothing.
"""

import re
import time
from dataclasses import dataclass, field

import structlog
from django.db import DatabaseError
from django.http import HttpRequest

from apps.api.errors import TooManyWrongKeysError
from apps.audit import security
from apps.audit.choices import SecurityEventKind
from apps.audit.security import Occurrence
from apps.common import counters
from apps.common.addresses import client_address, counted
from apps.common.counters import Limit, TooManyAttemptsError
from apps.common.errors import DomainError
from apps.partners.services import api_keys

WRONG_KEYS = Limit("api.wrong_keys", most=20, seconds=300)
REFUSALS = (api_keys.InvalidKeyError, api_keys.RevokedKeyError, api_keys.IpNotAllowedError)
_MOST_ADDRESSES = 10_000
_MOST_KEYS = 1_000
_FORM = re.compile(r"sk_(live|test)_[A-Za-z0-9]{8}\.[A-Za-z0-9]{32}")
_PREFIX = re.compile(r"sk_(live|test)_[A-Za-z0-9]{8}(?=\.|$)")
logger = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Block:
    """That an address has sent too many wrong keys, and which ones since."""

    until: float  # By time.monotonic.
    refused: set[int] = field(default_factory=set)

    def seconds(self) -> int:
        """Return how long it still lasts."""
        return max(1, round(self.until - time.monotonic()))

    def refuse(self, plain: str) -> None:
        """Remember a key that never becomes right, as long as there is room."""
        if len(self.refused) < _MOST_KEYS:
            self.refused.add(hash(plain))


_blocks: dict[str, _Block] = {}
_existing: set[str] = set()  # Prefixes of keys that exist; keys are revoked, never deleted.


def admit(request: HttpRequest, plain: str) -> None:
    """Refuse at once a key that cannot be right, from an address that sent too many wrong ones.

    Raises:
        TooManyWrongKeysError: the key is not one that exists.
    """
    block = _block_of(request) if _blocks else None
    if block is None:
        return
    if hash(plain) in block.refused or _FORM.fullmatch(plain) is None:
        raise _too_many(request, block)
    if not _exists(api_keys.prefix_of(plain)):
        block.refuse(plain)
        raise _too_many(request, block)


def refuse(request: HttpRequest, error: DomainError) -> DomainError:
    """Count and log a refused key; return what its sender is told."""
    plain = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")[2].strip()
    block = _block_of(request)
    try:
        if block is None:
            counters.take([WRONG_KEYS.of(counted(client_address(request)))])
    except TooManyAttemptsError as limited:
        block = _remember(request, limited)
    except DatabaseError as failure:
        logger.warning("api.wrong_key_not_counted", error=type(failure).__name__)
        return error
    if block is None:
        _record(request, SecurityEventKind.KEY_REFUSED, f"{_shown(plain)} {error.code}")
        return error
    if not isinstance(error, api_keys.IpNotAllowedError):  # Its networks may be changed.
        block.refuse(plain)
    return _too_many(request, block)


def forget() -> None:
    """Forget every block of this process."""
    _blocks.clear()
    _existing.clear()


def _block_of(request: HttpRequest) -> _Block | None:
    address = counted(client_address(request))
    block = _blocks.get(address)
    if block is not None and time.monotonic() >= block.until:
        _blocks.pop(address, None)
        return None
    return block


def _remember(request: HttpRequest, limited: TooManyAttemptsError) -> _Block:
    _record(request, SecurityEventKind.LIMITED, WRONG_KEYS.name)
    if len(_blocks) >= _MOST_ADDRESSES:
        _blocks.clear()  # Each is learned anew with its next wrong key.
    block = _Block(time.monotonic() + limited.data["retry_after_seconds"])
    _blocks[counted(client_address(request))] = block
    return block


def _exists(prefix: str) -> bool:
    if prefix in _existing:
        return True
    if not api_keys.exists(prefix):
        return False
    if len(_existing) >= _MOST_ADDRESSES:
        _existing.clear()
    _existing.add(prefix)
    return True


def _too_many(request: HttpRequest, block: _Block) -> TooManyWrongKeysError:
    return TooManyWrongKeysError(
        address=client_address(request), retry_after_seconds=block.seconds()
    )


def _record(request: HttpRequest, kind: SecurityEventKind, detail: str) -> None:
    security.record(
        Occurrence(
            kind=kind,
            address=client_address(request),
            agent=request.META.get("HTTP_USER_AGENT", ""),
            detail=detail,
        )
    )


def _shown(plain: str) -> str:
    """Return the public part of what was sent, if it has the form of a key, and nothing else."""
    found = _PREFIX.match(plain)
    return found.group() if found else "?"
