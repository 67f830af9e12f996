"""The server process: starting it, ending it, asking whether it is there.

Whoever starts or ends it holds `Files.lock`.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import conninfo, pq

from apps.common.embedded_postgres import account, configuration, locking, postmaster, programs
from apps.common.embedded_postgres.errors import EmbeddedPostgresError, explain
from apps.common.embedded_postgres.files import Files

MAX_LOG_BYTES = 10_000_000
START_SECONDS = 300  # redo of 4 GB of WAL after a crash, on a slow disk
STOP_SECONDS = 60
LAST_STEPS_SECONDS = 10  # pg_ctl returns a moment before the last process has ended
POLL_SECONDS = 0.02


@dataclass(frozen=True)
class Server:
    """The one server of a cluster."""

    files: Files

    def conninfo(self, *, role: str, database: str) -> str:
        """Return the words that connect to it."""
        return conninfo.make_conninfo(
            host=str(self.files.socket_dir),
            port=configuration.PORT,
            user=role,
            dbname=database,
            connect_timeout=5,
        )

    def is_running(self) -> bool:
        """Tell whether it accepts connections, be they all taken."""
        target = self.conninfo(role="postgres", database="postgres")
        return pq.PGconn.ping(target.encode()) == pq.Ping.OK

    def start(self) -> None:
        """Start it if it does not run, and return once it accepts connections."""
        deadline = time.monotonic() + START_SECONDS
        while not self.is_running():
            with locking.held_if_free(self.files.server_lock, self.files.account) as server_lock:
                if server_lock is not None:
                    self._launch(server_lock)
                    continue
            if self._is_out_of_reach():
                self.shut_down()
            elif time.monotonic() > deadline:
                raise EmbeddedPostgresError(
                    "The embedded PostgreSQL, or a process left over from it, runs but accepts no "
                    f"connections: see {self.files.log}."
                )
            time.sleep(POLL_SECONDS)  # it recovers, or shuts down, or its orphans are ending

    def shut_down(self) -> None:
        """End it, rolling back open transactions, and return when it has ended."""
        said = "its processes are not to be seen from here; stop it in its own container."
        if postmaster.is_here(self.files.data_dir):
            said = self._pg_ctl("stop", "--mode=fast", f"--timeout={STOP_SECONDS}").stdout
        deadline = time.monotonic() + LAST_STEPS_SECONDS
        while self.is_there():
            if time.monotonic() > deadline:
                raise explain("stop the embedded PostgreSQL", said)
            time.sleep(POLL_SECONDS)

    def is_there(self) -> bool:
        """Tell whether any process of it lives, whether or not it accepts connections."""
        if self.is_running():
            return True
        with locking.held_if_free(self.files.server_lock, self.files.account) as server_lock:
            return server_lock is None

    def _is_out_of_reach(self) -> bool:
        """Tell whether it lost its socket: to a cleaner of /tmp, or as the project moved."""
        return postmaster.is_ready(self.files.data_dir) and not self.files.socket.exists()

    def _launch(self, server_lock: int) -> None:
        self.files.make_socket_dir()
        self._write_configuration()
        self._rotate_log()
        postmaster.forget(self.files.data_dir, self.files.socket)
        log = self.files.log
        news_from = log.stat().st_size if log.exists() else 0
        words = (f"--log={log}", f"--timeout={START_SECONDS}")
        done = self._pg_ctl("start", *words, keep_open=[server_lock])
        if done.returncode != 0:
            news = log.read_bytes()[news_from:].decode(errors="replace") if log.exists() else ""
            raise explain(f"start the embedded PostgreSQL (log: {log})", news or done.stdout)

    def _pg_ctl(self, *words: str, keep_open: Sequence[int] = ()) -> programs.Completed:
        command = [programs.path_of("pg_ctl"), *words, "--wait", f"--pgdata={self.files.data_dir}"]
        return programs.run([*self._prefix(), *command], keep_open=keep_open)

    def _prefix(self) -> list[str]:
        """Pass closed parents only where the server could not do without: see `account`."""
        runs_as = self.files.account
        if runs_as.uid != account.OWN_UID:
            return runs_as.prefix()
        probe = [programs.path_of("pg_controldata"), f"--pgdata={self.files.data_dir}"]
        is_open = programs.run([*runs_as.prefix(), *probe]).returncode == 0
        return runs_as.prefix() if is_open else runs_as.prefix_past_closed_parents()

    def _write_configuration(self) -> None:
        path = self.files.data_dir / "postgresql.conf"
        path.write_text(configuration.render(self.files.socket_dir))
        self.files.account.own(path)

    def _rotate_log(self) -> None:
        log = self.files.log
        if log.exists() and log.stat().st_size > MAX_LOG_BYTES:
            log.replace(log.with_name("server.log.1"))
