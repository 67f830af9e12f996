"""The data directory and, in it, the application's role and database."""

import os
import shutil
from pathlib import Path

import psycopg
from psycopg import sql

from apps.common.embedded_postgres import account, programs
from apps.common.embedded_postgres.configuration import INITDB_OPTIONS
from apps.common.embedded_postgres.errors import EmbeddedPostgresError, explain
from apps.common.embedded_postgres.files import Files


def make_data(files: Files, lock: int) -> None:
    """Make the data directory if there is none.

    `initdb` works aside, and the result is put in place whole: one that was interrupted counts
    for nothing. It holds the `lock` too, so if we are killed nobody starts another beside it.
    """
    if files.data_dir.exists():
        _check_version(files.data_dir)
        return
    unfinished = files.root / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    _run_initdb(unfinished, lock)
    files.account.own_tree(unfinished)
    unfinished.rename(files.data_dir)
    _sync(files.root)


def make_database(superuser: str, name: str) -> None:
    """Make the role and its database where they are missing; `superuser` is a conninfo."""
    role = sql.Identifier(name)
    with psycopg.connect(superuser, autocommit=True) as connection:
        if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [name]).rowcount:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(role))
        if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).rowcount:
            connection.execute(sql.SQL("CREATE DATABASE {0} OWNER {0}").format(role))


def _check_version(data_dir: Path) -> None:
    version = (data_dir / "PG_VERSION").read_text().strip()
    if version != str(programs.MAJOR_VERSION):
        raise EmbeddedPostgresError(
            f"{data_dir} was made by PostgreSQL {version}, this is {programs.MAJOR_VERSION}: "
            f"copy it over with pg_dump of version {version}, or move it away to begin empty."
        )


def _run_initdb(directory: Path, lock: int) -> None:
    runs_as = account.with_a_name()
    runs_as.own(directory)
    initdb = [programs.path_of("initdb"), *INITDB_OPTIONS, f"--pgdata={directory}"]
    done = programs.run([*runs_as.prefix_past_closed_parents(), *initdb], keep_open=[lock])
    if done.returncode != 0:
        raise explain(f"make a database in {directory.parent}", done.stdout)


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
