"""Random secrets, and what a project makes for itself at first use and keeps."""

import os
import secrets
import string
import tempfile
from collections.abc import Callable
from pathlib import Path

_ALPHABET = string.ascii_letters + string.digits


def random_text(length: int) -> str:
    """Return letters and digits, about six bits of randomness a character."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def kept_secret(path: Path) -> str:
    """Return the secret kept in `path`, making it (mode 0600) when there is none yet."""
    return kept_file(path, lambda: random_text(64).encode()).decode().strip()


def kept_file(path: Path, make: Callable[[], bytes]) -> bytes:
    """Return what is kept in `path`, making it (mode 0600) when there is nothing yet.

    However many ask at once for the first time, all get the same.
    """
    if path.exists():
        return path.read_bytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}-")  # mode 0600
    draft = Path(name)
    with os.fdopen(handle, "wb") as file:
        file.write(make())
    try:
        os.link(draft, path)  # Fails when another was quicker: then its content holds.
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_bytes()
