"""What can go wrong with the embedded server, told in one line that says what to do."""

ADVICE = {
    "No space left on device": "the disk is full; free some space and start again",
    "Read-only file system": "the disk is read-only; make it writable, or set DATABASE_URL",
    "could not look up effective user ID": (
        "the current user id has no entry in /etc/passwd; add one, or set DATABASE_URL"
    ),
    "pre-existing shared memory block": (
        "processes of an earlier server still use the data; end them and start again"
    ),
    "shared memory": "there is too little memory for the server; free some, or set DATABASE_URL",
    "setpriv:": (
        "root may not start processes as another user here; "
        "run as an ordinary user, or set DATABASE_URL"
    ),
    "Permission denied": (
        "the user that the server runs as may not use its directory or its programs; "
        "give that user access to them, or set DATABASE_URL"
    ),
}


class EmbeddedPostgresError(RuntimeError):
    """The embedded PostgreSQL cannot be used; the message says what to do about it."""


def explain(doing: str, said: str) -> EmbeddedPostgresError:
    """Turn what a program or the system `said` into an error with advice.

    Example:
        `explain("start it", "PANIC:  ... No space left on device")` reads "Cannot start it: the
        disk is full; free some space and start again. (PANIC:  ... No space left on device)"
    """
    for symptom, advice in ADVICE.items():
        if symptom in said:
            return EmbeddedPostgresError(f"Cannot {doing}: {advice}. ({_most_telling_line(said)})")
    return EmbeddedPostgresError(f"Cannot {doing}: {_most_telling_line(said)}")


def _most_telling_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if any(word in line for word in ("FATAL", "PANIC", "error:"))]
    return (telling or lines or ["it gave no reason"])[-1]
