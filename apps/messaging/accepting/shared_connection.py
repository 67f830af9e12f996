"""The connection over which a process stores its groups of sends: one for all of its threads.

Only one thread leads a group at a time. Had each a connection of its own, it would meet a server
process that has slept meanwhile, for which the same statement takes half as long again.
"""

import select
from typing import Any

import psycopg
from django.db import connection


class SharedConnection:
    """A connection in autocommit that is opened when it is needed, and again when it was lost.

    For one thread at a time.
    """

    def __init__(self) -> None:
        self._connection: psycopg.Connection[Any] | None = None

    def execute(self, statement: str, parameters: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        """Run a statement that numbers its parameters ($1, $2, …) as a transaction of its own.

        Raises:
            psycopg.OperationalError: the database was lost; whether it was committed is not known.
        """
        with psycopg.RawCursor(self._open()) as cursor:
            cursor.execute(statement, parameters, prepare=True)
            return cursor.fetchall()

    def close(self) -> None:
        """Hang up; the next statement opens a connection anew."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> psycopg.Connection[Any]:
        """Return the connection, a new one where the server has ended the last."""
        if self._connection is not None and _is_over(self._connection):
            self.close()
        if self._connection is None:
            opened: psycopg.Connection[Any] = connection.get_new_connection(
                connection.get_connection_params()
            )
            opened.autocommit = True
            self._connection = opened
        return self._connection


def _is_over(opened: psycopg.Connection[Any]) -> bool:
    """Tell whether nothing can be asked any more: on an idle connection only its end can be read."""
    if opened.closed:
        return True
    waiting = select.poll()
    waiting.register(opened.fileno(), select.POLLIN)
    return bool(waiting.poll(0))
