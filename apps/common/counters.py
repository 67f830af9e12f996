"""Limits counted in the database, for all processes and machines, by its clock.

A limit lets `most` through in `seconds` and then one every `seconds / most`. What a subject has
used of it is one moment, `free_at`, at which nothing of it is used any more: each one that is let
through moves it by a step, and none may move it further ahead than the span. (This is the generic
cell rate algorithm of ITU-T I.371.) Statement by statement it is exact under any concurrency: the
row is locked while it is compared and moved.
"""

import hashlib
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.common.errors import TooManyError


class TooManyAttemptsError(TooManyError):
    """A limit was reached; `retry_after_seconds` says how long to wait."""

    code = "too_many_attempts"
    message = _("There were too many attempts. Wait %(wait)s and try again.")
    cure = _("Wait as long as the message says; strangers cannot lock you out.")

    def __init__(self, *, limit: str, retry_after_seconds: int) -> None:
        super().__init__(
            limit=limit,
            retry_after_seconds=retry_after_seconds,
            wait=shown_wait(retry_after_seconds),
        )


@dataclass(frozen=True, slots=True)
class Limit:
    """How much of something is let through: `most` in `seconds`, then one every step."""

    name: str
    most: int
    seconds: int

    @property
    def step(self) -> timedelta:
        """Return after how long one more is let through."""
        return timedelta(seconds=self.seconds) / self.most

    def of(self, *subject: object) -> "Share":
        """Return what one subject may use of it."""
        return Share(self, _key(self.name, subject))


@dataclass(frozen=True, slots=True)
class Share:
    """One subject's part in a limit."""

    limit: Limit
    key: str


# The subjects stand digested: a name typed at the log-in is now and then a password.
def _key(name: str, subject: tuple[object, ...]) -> str:
    said = json.dumps([str(part) for part in subject]).encode()
    return f"{name}:{hashlib.blake2b(said, digest_size=16).hexdigest()}"


_TAKE = """
INSERT INTO common_counter AS c (key, free_at)
VALUES (%(key)s, clock_timestamp() + %(step)s)
ON CONFLICT (key) DO UPDATE
   SET free_at = greatest(c.free_at, clock_timestamp()) + %(step)s
 WHERE c.free_at + %(step)s <= clock_timestamp() + %(span)s
RETURNING free_at
"""
_WAIT = """
SELECT extract(epoch FROM free_at + %(step)s - %(span)s - clock_timestamp())
FROM common_counter WHERE key = %(key)s
"""
_GIVE_BACK = "UPDATE common_counter SET free_at = free_at - %(step)s WHERE key = %(key)s"
_SWEEP = "DELETE FROM common_counter WHERE free_at < clock_timestamp()"


@transaction.atomic
def take(shares: Iterable[Share]) -> None:
    """Use one of every share, or of none where one of them is used up.

    Rows are locked in the order of their keys, so that takers never wait for each other in a ring.

    Raises:
        TooManyAttemptsError: a share is used up.
    """
    with connection.cursor() as cursor:
        for share in sorted(shares, key=lambda each: each.key):
            values = _values(share)
            cursor.execute(_TAKE, values)
            if cursor.fetchone() is None:
                cursor.execute(_WAIT, values)
                [seconds] = cursor.fetchone() or [0]
                raise TooManyAttemptsError(
                    limit=share.limit.name, retry_after_seconds=max(1, math.ceil(seconds))
                )


def give_back(shares: Iterable[Share]) -> None:
    """Take back what was used by an attempt that turned out to be right."""
    with connection.cursor() as cursor:
        for share in shares:
            cursor.execute(_GIVE_BACK, _values(share))


def forget_free() -> int:
    """Delete the rows of subjects that have used nothing; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(_SWEEP)
        return int(cursor.rowcount)


def shown_wait(seconds: int) -> str:
    """Write how long to wait, rounded up to whole minutes above one."""
    if seconds <= 60:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    minutes = math.ceil(seconds / 60)
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}


def _values(share: Share) -> dict[str, Any]:
    return {
        "key": share.key,
        "step": share.limit.step,
        "span": timedelta(seconds=share.limit.seconds),
    }
