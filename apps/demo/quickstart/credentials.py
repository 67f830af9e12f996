"""var/quickstart.json: the addresses, log-ins and keys that were made at the first run.

Passwords and keys are kept as hashes in the database, so this file is the only place where they
can be read again. It is written whole or not at all, for its owner's eyes only.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from apps.demo.companies import Client
from apps.demo.loading import Loaded

Credentials = dict[str, Any]


def of_loaded(loaded: Loaded, *, base_url: str) -> Credentials:
    """Return what there is to know about a database that was just filled."""
    return {
        "base_url": base_url,
        "staff": [asdict(login) for login in loaded.staff],
        "partners": [_of_client(client) for client in loaded.clients],
    }


def read(path: Path) -> Credentials | None:
    """Return what was kept; None where there is no such file, or not a whole one."""
    try:
        kept = json.loads(path.read_text())
    except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
        return None
    return kept if isinstance(kept, dict) and {"staff", "partners"} <= kept.keys() else None


def write(path: Path, credentials: Credentials) -> None:
    """Replace the file."""
    draft = path.with_suffix(".unfinished")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(credentials, file, ensure_ascii=False, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _of_client(client: Client) -> dict[str, Any]:
    return {
        "name": client.partner.name,
        "account": client.account.code,
        "users": [asdict(login) for login in client.logins],
        "api_key": client.api_key,
        "test_api_key": client.test_api_key,
        "legacy": {"CorpID": client.account.code, "Pwd": client.legacy_password},
    }
