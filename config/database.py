"""Bring the embedded PostgreSQL up for a process that is about to use it."""

from collections.abc import Sequence

from django.conf import settings

# Commands that must work without a database, so that a wrong setting can be mended.
WITHOUT_DATABASE = {"help", "--help", "-h", "--version", "version", "makemessages", "compilemessages"}


def ensure_database(argv: Sequence[str] = ()) -> None:
    """Start the embedded server where settings use it and `argv` is not a command that needs none.

    Raises:
        SystemExit: it cannot be started; the line says what to do.
    """
    if len(argv) > 1 and argv[1] in WITHOUT_DATABASE:
        return
    cluster = settings.EMBEDDED_POSTGRES
    if cluster is None:
        return
    try:
        cluster.ensure_running()
    except RuntimeError as error:
        raise SystemExit(f"Embedded PostgreSQL: {error}") from error
