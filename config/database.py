"""Make sure of PostgreSQL for a process that is about to use it."""

from collections.abc import Sequence

import psycopg
from django.conf import settings

from config import env

# Commands that must work without a database, so that a wrong setting can be mended and a package
# be built.
WITHOUT_DATABASE = {
    "help",
    "--help",
    "-h",
    "--version",
    "version",
    "makemessages",
    "compilemessages",
    "collectstatic",
}
LEAST_VERSION = 15


def ensure_database(argv: Sequence[str] = ()) -> None:
    """Start the embedded server where settings use it, or see that the server named can be used.

    Does nothing when `argv` is a command that needs no database.

    Raises:
        SystemExit: there is none to be used; the line says what to do.
    """
    if len(argv) > 1 and argv[1] in WITHOUT_DATABASE:
        return
    cluster = settings.EMBEDDED_POSTGRES
    if cluster is None:
        _check_server()
        return
    try:
        cluster.ensure_running()
    except RuntimeError as error:
        raise SystemExit(f"Embedded PostgreSQL: {error}") from error


def _check_server() -> None:
    where = settings.DATABASES["default"]
    words = {word: where[key] for key, word in env.DJANGO_NAMES.items() if where[key]}
    parameters = {
        name: value for name, value in where["OPTIONS"].items() if name != "prepare_threshold"
    }
    try:
        with psycopg.connect(**parameters, **words) as db:
            version = db.info.server_version
    except psycopg.Error as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        env.refuse("DATABASE_URL", f"the server cannot be used: {reason}")
    if version // 10_000 < LEAST_VERSION:
        env.refuse(
            "DATABASE_URL",
            f"the server is PostgreSQL {version // 10_000}; {LEAST_VERSION} or newer is needed.",
        )
