"""Workers' transactions, held open as long as a test wants."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
from django.db import connection

from apps.messaging.feed.sql import TELL

ACCOUNT = 7
NOTHING = UUID(int=0)
_TELL = f"""
WITH moved AS (
    SELECT %(account)s::bigint AS account_id, %(id)s::uuid AS id, %(batch)s::uuid AS batch_id,
           %(status)s::text AS status, ''::text AS carrier_code,
           statement_timestamp() AS finished_at, statement_timestamp() AS submitted_at
)
{TELL}
"""


class Writer:
    """A connection whose transaction a test ends when it wants."""

    def __init__(self, link: psycopg.Connection) -> None:
        self._link = link

    def tell(self, message: int, status: str = "DELIVERED", *, account: int = ACCOUNT) -> None:
        """Tell of a message, in the transaction that is open or begins with it."""
        parameters = {
            "account": account, "id": UUID(int=message), "batch": NOTHING, "status": status
        }  # fmt: skip
        self._link.execute(_TELL, parameters)

    def begin(self) -> None:
        """Begin a transaction and draw its number, as its first write does."""
        self._link.execute("SELECT pg_current_xact_id()")

    def commit(self) -> None:
        """Commit what was told."""
        self._link.commit()

    def roll_back(self) -> None:
        """Undo what was told."""
        self._link.rollback()


@contextmanager
def writers(count: int) -> Iterator[list[Writer]]:
    """Open so many connections to the database of the tests."""
    parameters = connection.get_connection_params()
    links = [
        psycopg.connect(
            **{k: v for k, v in parameters.items() if k not in {"cursor_factory", "context"}}
        )
        for _ in range(count)
    ]
    try:
        yield [Writer(link) for link in links]
    finally:
        for link in links:
            link.close()
