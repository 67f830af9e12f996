"""One quickstart at a time for one VAR_DIR."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunningError(RuntimeError):
    """Another quickstart uses the same files."""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock; the kernel gives it back however the process ends.

    Raises:
        AlreadyRunningError: another process holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunningError(
                f"A quickstart with the files of {path.parent} is running already. End it first, "
                "or set VAR_DIR to another directory."
            ) from error
        yield
