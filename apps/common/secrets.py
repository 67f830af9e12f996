"""Random secrets, and the one that a project makes for itself at first use."""

import os
import secrets
import string
import tempfile
from pathlib import Path

_ALPHABET = string.ascii_letters + string.digits


def random_text(length: int) -> str:
    """Return letters and digits, about six bits of randomness a character."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def kept_secret(path: Path) -> str:
    """Return the secret kept in `path`, making it (mode 0600) when there is none yet."""
    if path.exists():
        return path.read_text().strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}-")  # mode 0600
    draft = Path(name)
    with os.fdopen(handle, "w") as file:
        file.write(random_text(64))
    try:
        os.link(draft, path)  # Fails when another was quicker: then its secret holds.
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text().strip()
