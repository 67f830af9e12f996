"""The migrated database, made once and copied by every process of the suite.

To run all migrations takes half a minute of processor time, to copy what they made a second. The
copy is named after what it was made of: migrations, what they import, dependencies and the day
(partitions are made ahead from it). It stays on the server for the next run, and goes when another
takes its place.
"""

import hashlib
import re
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from apps.common import clock

PREFIX = "test_migrated_"
_LOCK = 7_265_321
_IMPORTED = re.compile(r"^from (apps[\w.]*) import (.+)$", re.MULTILINE)
_ROOT = Path(settings.PROJECT_DIR)


class MigratedTemplate:
    """The template, and the lock under which one process makes it while the others wait."""

    def __init__(self) -> None:
        self._name = f"{PREFIX}{_digest()}"
        self._link: psycopg.Connection[Any] | None = None

    def use(self) -> None:
        """Have the test database copied from the template; where there is none, hold the lock."""
        link = _connect()
        link.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        if self._exists(link):
            link.close()
            settings.DATABASES["default"]["TEST"]["TEMPLATE"] = self._name
            connections["default"].settings_dict["TEST"]["TEMPLATE"] = self._name
        else:
            self._link = link

    def keep(self, database: str) -> None:
        """Make the template of the database that was just migrated, if this process is to."""
        if self._link is None:
            return
        connections["default"].close()
        for (old,) in self._link.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]
        ).fetchall():
            self._link.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
        self._link.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(self._name), sql.Identifier(database)
            )
        )
        self._link.close()
        self._link = None

    def _exists(self, link: psycopg.Connection[Any]) -> bool:
        found = link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self._name])
        return found.fetchone() is not None


def _connect() -> psycopg.Connection[Any]:
    parameters = connections["default"].get_connection_params()
    wanted = {k: parameters[k] for k in ("host", "port", "user", "password") if k in parameters}
    return psycopg.connect(**wanted, dbname="postgres", autocommit=True)


def _digest() -> str:
    migrations = sorted(_ROOT.glob("apps/*/migrations/*.py"))
    imported = {path for each in migrations for path in _imported(each.read_text())}
    digest = hashlib.sha256(str(clock.now().astimezone(clock.SHANGHAI).date()).encode())
    for path in [*migrations, *sorted(imported), _ROOT / "requirements.txt"]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _imported(source: str) -> set[Path]:
    """Return the files of ours that a migration names; of a package, all of it."""
    found: set[Path] = set()
    for module, names in _IMPORTED.findall(source):
        base = _ROOT / module.replace(".", "/")
        for path in [base.with_suffix(".py"), *[base / name for name in re.findall(r"\w+", names)]]:
            found |= set(path.rglob("*.py")) if path.is_dir() else {path.with_suffix(".py")}
    return {path for path in found if path.is_file()}
