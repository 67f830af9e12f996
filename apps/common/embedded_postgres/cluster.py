"""The door: one cluster, and what the rest of the project may ask of it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psycopg

from apps.common.embedded_postgres import configuration, contents, locking
from apps.common.embedded_postgres.errors import explain
from apps.common.embedded_postgres.files import Files
from apps.common.embedded_postgres.server import Server


@dataclass(frozen=True)
class Cluster:
    """A server whose files lie in `root`, with one role and one database of the same name.

    The role may create databases, as the tests do, and is no superuser.
    """

    root: Path
    name: str = "portal"

    @property
    def data_dir(self) -> Path:
        """The directory of the rows."""
        return self._files.data_dir

    def connection_settings(self) -> dict[str, str]:
        """Return what Django's DATABASES needs; starts nothing and is always the same."""
        return {
            "HOST": str(self._files.socket_dir),
            "PORT": configuration.PORT,
            "USER": self.name,
            "PASSWORD": "",
            "NAME": self.name,
        }

    def ensure_running(self) -> None:
        """Return once the server accepts connections and the database exists.

        Costs one connection when they do already.

        Raises:
            EmbeddedPostgresError: it cannot be done; the message says what to do.
        """
        with _told_plainly("start the embedded PostgreSQL"):
            self._files.check_owner()
            self._files.check_socket_dir()
            if not self._accepts_the_application():
                self._start()

    def stop(self) -> None:
        """Stop the server, rolling back open transactions, and return when it has ended.

        Raises:
            EmbeddedPostgresError: it does not end.
        """
        with _told_plainly("stop the embedded PostgreSQL"):
            self._files.check_owner()
            if not self.data_dir.exists():
                return
            with locking.held(self._files.lock, self._files.account):
                if self._server.is_there():
                    self._server.shut_down()
                if self._files.socket_dir.parent != self._files.root:
                    shutil.rmtree(self._files.socket_dir, ignore_errors=True)

    def is_running(self) -> bool:
        """Tell whether the server accepts connections."""
        return self._server.is_running()

    @cached_property
    def _files(self) -> Files:
        return Files(self.root)

    @cached_property
    def _server(self) -> Server:
        return Server(self._files)

    def _accepts_the_application(self) -> bool:
        try:
            psycopg.connect(self._server.conninfo(role=self.name, database=self.name)).close()
        except psycopg.OperationalError:
            return False
        return True

    def _start(self) -> None:
        self._files.make_root()
        with locking.held(self._files.lock, self._files.account) as lock:
            contents.make_data(self._files, lock)
            self._server.start()
            superuser = self._server.conninfo(role="postgres", database="postgres")
            contents.make_database(superuser, self.name)


@contextmanager
def _told_plainly(doing: str) -> Iterator[None]:
    try:
        yield
    except (OSError, psycopg.Error) as error:
        raise explain(doing, str(error)) from error
