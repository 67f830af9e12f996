"""Reading an account's changes, page by page, exactly once each."""

import base64
import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self
from uuid import UUID

from apps.common.database import execute
from apps.messaging.choices import MessageStatus
from apps.messaging.feed import sql

_MOST = 2**sql.EPOCH_BITS
_SNAPSHOT = re.compile(r"(\d{1,15}):(\d{1,15}):((?:\d{1,15}(?:,\d{1,15})*)?)", re.ASCII)


class StrangeCursorError(ValueError):
    """Whoever asks with this cursor did not get it here."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What was committed at a moment: the epoch, and PostgreSQL's text of a snapshot in it."""

    epoch: int
    snapshot: str

    def __post_init__(self) -> None:
        found = _SNAPSHOT.fullmatch(self.snapshot)
        if not found or not 0 <= self.epoch < 2**15:
            raise StrangeCursorError(self.snapshot)
        first, last = int(found[1]), int(found[2])
        running = [int(number) for number in found[3].split(",") if number]
        is_ordered = running == sorted(set(running))
        if not (0 < first <= last < _MOST and is_ordered) or any(
            not first <= number < last for number in running
        ):
            raise StrangeCursorError(self.snapshot)


BEGINNING = Moment(0, "1:1:")


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a reader is: what was committed between two moments, up to a position.

    Attributes:
        since: everything that was committed then was read.
        until: the end of the window that is being read; None when it was read to its end.
        after: the last position that was read of the window.
    """

    since: Moment
    until: Moment | None = None
    after: int = 0

    def __str__(self) -> str:
        """Return the cursor as software keeps it: letters, digits, `-` and `_`."""
        moments = [self.since, self.until] if self.until else [self.since]
        parts = [str(self.after), *[f"{moment.epoch}/{moment.snapshot}" for moment in moments]]
        return base64.urlsafe_b64encode("|".join(parts).encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a cursor that was given out.

        Raises:
            StrangeCursorError: it is none of ours.
        """
        try:
            plain = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
        except ValueError as error:
            raise StrangeCursorError(text) from error
        after, *moments = plain.split("|")
        if not re.fullmatch(r"\d{1,18}", after, re.ASCII) or len(moments) not in {1, 2}:
            raise StrangeCursorError(text)
        since, *until = [_moment(moment) for moment in moments]
        return cls(since, until[0] if until else None, int(after))


@dataclass(frozen=True, slots=True)
class Change:
    """That a message came into a status.

    Attributes:
        position: ascends over the changes of one message.
        code: the carrier's, or ours where no carrier had it.
        happened_at: when the carrier, or we, say that it happened.
    """

    position: int
    message_id: UUID
    batch_id: UUID
    status: MessageStatus
    code: str
    happened_at: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some changes, and the cursor behind them: to be kept when they are done with."""

    changes: list[Change]
    cursor: Cursor


def begin() -> Cursor:
    """Return the cursor of a reader that is told what happens from now on."""
    return Cursor(_now())


def read(*, account_id: int, cursor: Cursor | None, limit: int) -> Page:
    """Return an account's next changes; without a cursor, from the oldest that is kept.

    Reading changes nothing: the same cursor reads the same changes again. A page of fewer than
    `limit` changes ends what there is for now.
    """
    here = cursor or Cursor(BEGINNING)
    was_begun = here.until is not None
    page = _read_window(account_id, here, limit)
    if was_begun and len(page.changes) < limit:
        # That window was of an earlier reading; what came since is in the next one.
        rest = _read_window(account_id, page.cursor, limit - len(page.changes))
        return Page(page.changes + rest.changes, rest.cursor)
    return page


def _read_window(account_id: int, here: Cursor, limit: int) -> Page:
    until = here.until or _now()
    parameters = {
        "account": account_id,
        "after": here.after,
        "since": here.since.snapshot,
        "since_epoch": here.since.epoch,
        "until": until.snapshot,
        "until_epoch": until.epoch,
        "limit": limit,
    }
    found = execute(sql.READ, parameters).fetchall()
    changes = [
        Change(position, message_id, batch_id, MessageStatus(status), code, happened_at)
        for position, message_id, batch_id, status, code, happened_at in found
    ]
    if len(changes) < limit:
        return Page(changes, Cursor(until))
    return Page(changes, replace(here, until=until, after=changes[-1].position))


def _now() -> Moment:
    row = execute(sql.NOW, {}).fetchone()
    return Moment(*row) if row else BEGINNING


def _moment(text: str) -> Moment:
    epoch, _slash, snapshot = text.partition("/")
    if not re.fullmatch(r"\d{1,5}", epoch, re.ASCII):
        raise StrangeCursorError(text)
    return Moment(int(epoch), snapshot)
