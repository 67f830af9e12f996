"""The two lock files of a cluster, both under flock(2).

- `lock` is held by whoever starts or stops the server, so any number of processes may try at once.
- `server.lock` is held by the server: it inherits the open file, and so do its children. While
  any of them lives the kernel keeps the lock, and no longer. Process ids could tell neither: they
  are given out anew, and differ between containers that share a directory.

The files are never deleted; two processes could otherwise hold "the" lock on two files.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from apps.common.embedded_postgres.account import Account


@contextmanager
def held(path: Path, owner: Account) -> Iterator[int]:
    """Wait for the lock and hold it; gives its descriptor, for a child to hold it too."""
    descriptor = _open(path, owner)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def held_if_free(path: Path, owner: Account) -> Iterator[int | None]:
    """Hold the lock, or give None if somebody has it.

    Closing our descriptor leaves the lock with a child that inherited it.
    """
    descriptor = _open(path, owner)
    try:
        yield descriptor if _take(descriptor) else None
    finally:
        os.close(descriptor)


def _open(path: Path, owner: Account) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    owner.own(path)
    return descriptor


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
