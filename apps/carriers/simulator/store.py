"""What the simulated carrier remembers, in SQLite: a restart or a kill loses nothing.

Receipts and replies are written with the message, under the moment at which they become visible.
Every write and every read takes one lock and reads the clock inside it, so whatever is written
later becomes visible later: a cursor never passes over something that is still to come.
"""

import secrets
import sqlite3
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from apps.carriers.simulator.behaviour import Fate

_SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS about (epoch TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS message (
    n INTEGER PRIMARY KEY, at INTEGER NOT NULL, reference TEXT NOT NULL, number TEXT NOT NULL,
    text TEXT NOT NULL, extension TEXT NOT NULL, refusal TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS message_reference ON message (reference);
CREATE TABLE IF NOT EXISTS receipt (
    due INTEGER, n INTEGER, copy INTEGER, outcome TEXT NOT NULL, code TEXT NOT NULL,
    PRIMARY KEY (due, n, copy)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS inbound (
    due INTEGER, n INTEGER, text TEXT NOT NULL, PRIMARY KEY (due, n)
) WITHOUT ROWID;
"""
_MICROSECONDS = 1_000_000


class Store:
    """The messages, receipts and replies of one simulated carrier.

    Its ids begin with the file's own epoch: a new file never repeats the ids of an old one, and a
    cursor of an old one starts a new one from its beginning.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.executescript(_SCHEMA)
        self._epoch = self._read_epoch()
        self._last = self._number("SELECT coalesce(max(n), 0) FROM message")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def take(self, messages: Sequence[tuple[str, str, str, str, Fate]]) -> list[dict[str, str]]:
        """Keep (reference, number, text, extension, fate) rows and return their answers in order."""
        with self._lock, self._db:  # commits, or rolls back what a bad row interrupted
            now = _now()
            first = self._last + 1
            numbered = list(enumerate(messages, first))
            self._db.execute("BEGIN")
            self._db.executemany(
                "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(n, now, *message[:4], message[4].refusal) for n, message in numbered],
            )
            self._db.executemany(
                "INSERT INTO receipt VALUES (?, ?, ?, ?, ?)",
                [
                    (now + int(delay * _MICROSECONDS), n, copy, fate.outcome, fate.code)
                    for n, (*_, fate) in numbered
                    for copy, delay in enumerate(fate.delays)
                ],
            )
            self._db.executemany(
                "INSERT INTO inbound VALUES (?, ?, ?)",
                [(now + _MICROSECONDS, n, fate.reply) for n, (*_, fate) in numbered if fate.reply],
            )
            self._last += len(messages)
        return [self._answer(n, message[0], message[4].refusal) for n, message in numbered]

    def look_up(self, references: Sequence[str]) -> list[dict[str, str]]:
        """Return the first answer given for each reference that was seen."""
        marks = ",".join("?" * len(references))
        rows = self._rows(
            "SELECT min(n), reference, refusal, number, text FROM message "  # noqa: S608 - marks only
            f"WHERE reference IN ({marks}) GROUP BY reference",
            references,
        )
        return [
            {**self._answer(n, reference, refusal), "number": number, "text": text}
            for n, reference, refusal, number, text in rows
        ]

    def receipts_after(self, cursor: str, limit: int) -> dict[str, Any]:
        """Return a page of the receipts that are due."""
        rows = self._rows(
            "SELECT due, n, copy, outcome, code FROM receipt "
            "WHERE (due, n, copy) > (?, ?, ?) AND due < ? ORDER BY due, n, copy LIMIT ?",
            (*self._position(cursor, 3), _now, limit),
        )
        receipts = [
            {
                "carrier_id": self._carrier_id(n),
                "outcome": outcome,
                "code": code,
                "done_at": due / _MICROSECONDS,
            }
            for due, n, _copy, outcome, code in rows
        ]
        return {"receipts": receipts, "cursor": self._cursor(rows, 3) or cursor}

    def inbound_after(self, cursor: str, limit: int) -> dict[str, Any]:
        """Return a page of what handsets answered."""
        rows = self._rows(
            "SELECT i.due, i.n, m.number, i.text, m.extension FROM inbound i "
            "JOIN message m ON m.n = i.n "
            "WHERE (i.due, i.n) > (?, ?) AND i.due < ? ORDER BY i.due, i.n LIMIT ?",
            (*self._position(cursor, 2), _now, limit),
        )
        messages = [
            {"number": number, "text": text, "extension": extension, "at": due / _MICROSECONDS}
            for due, _n, number, text, extension in rows
        ]
        return {"messages": messages, "cursor": self._cursor(rows, 2) or cursor}

    def stats(self) -> dict[str, int]:
        """Return counts; `repeated` is how many references were submitted more than once."""
        return {
            "submitted": self._number("SELECT count(*) FROM message"),
            "refused": self._number("SELECT count(*) FROM message WHERE refusal <> ''"),
            "repeated": self._number(
                "SELECT count(*) FROM "
                "(SELECT 1 FROM message GROUP BY reference HAVING count(*) > 1)"
            ),
            "receipts": self._number("SELECT count(*) FROM receipt"),
        }

    def _read_epoch(self) -> str:
        self._db.execute(
            "INSERT INTO about SELECT ? WHERE NOT EXISTS (SELECT 1 FROM about)",
            (secrets.token_hex(4),),
        )
        return str(self._db.execute("SELECT epoch FROM about").fetchone()[0])

    def _rows(self, sql: str, parameters: Iterable[Any]) -> list[Any]:
        """Run a query; a callable among its parameters is called under the lock."""
        with self._lock:
            values = [value() if callable(value) else value for value in parameters]
            return self._db.execute(sql, values).fetchall()

    def _number(self, sql: str) -> int:
        return int(self._rows(sql, ())[0][0])

    def _carrier_id(self, n: int) -> str:
        return f"{self._epoch}-{n}"

    def _answer(self, n: int, reference: str, refusal: str) -> dict[str, str]:
        if refusal:
            return {"reference": reference, "code": refusal}
        return {"reference": reference, "carrier_id": self._carrier_id(n)}

    def _position(self, cursor: str, width: int) -> list[int]:
        epoch, *position = cursor.split(".")
        if epoch != self._epoch or len(position) != width:
            return [0] * width
        return [int(part) for part in position]

    def _cursor(self, rows: list[Any], width: int) -> str:
        return ".".join([self._epoch, *map(str, rows[-1][:width])]) if rows else ""


def _now() -> int:
    return time.time_ns() // 1000
