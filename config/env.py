"""What the environment says, read once and refused in one clear line when it is wrong.

Every setting that an operator may give is read here, so that the list of them is one page long.
"""

import os
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any, NoReturn

import environ
import psycopg
from psycopg import conninfo

PROJECT_DIR = Path(__file__).resolve().parent.parent
URL_FORM = "postgres://user:password@host:5432/name"
DJANGO_NAMES = {
    "NAME": "dbname",
    "USER": "user",
    "PASSWORD": "password",
    "HOST": "host",
    "PORT": "port",
}
env = environ.Env()


class SettingError(SystemExit):
    """A setting is missing or wrong; the process ends with one line that names it."""


def refuse(name: str, why: str) -> NoReturn:
    """End the process with one line: which setting, what is wrong, what it should be."""
    raise SettingError(f"Setting {name}: {why}")


def boolean(name: str, *, default: bool) -> bool:
    """Read a yes/no setting."""
    raw = string(name).lower()
    if raw == "":
        return default
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    refuse(name, f"{raw!r} is neither true nor false.")


def integer(name: str, *, default: int, least: int, most: int) -> int:
    """Read a whole number between `least` and `most`."""
    raw = string(name, default=str(default))
    if not re.fullmatch(r"-?[0-9]{1,18}", raw) or not least <= int(raw) <= most:
        refuse(name, f"{raw!r} is not a whole number from {least} to {most}.")
    return int(raw)


def string(name: str, *, default: str = "") -> str:
    """Read a text setting."""
    return str(env.str(name, default=default)).strip()


def required(name: str, why: str) -> str:
    """Read a text setting that production cannot do without."""
    value = string(name)
    if not value:
        refuse(name, f"is not set. {why}")
    return value


def names(name: str, *, default: str = "") -> list[str]:
    """Read a comma-separated list."""
    return [part.strip() for part in string(name, default=default).split(",") if part.strip()]


def choice(name: str, *, default: str, among: Collection[str]) -> str:
    """Read one of a few words, in upper case."""
    value = string(name, default=default).upper()
    if value not in among:
        refuse(name, f"{value!r} is none of {', '.join(among)}.")
    return value


def matching(name: str, *, default: str, pattern: str, form: str) -> str:
    """Read a text of a form that `form` describes."""
    value = string(name, default=default)
    if not re.fullmatch(pattern, value):
        refuse(name, f"{value!r} is not {form}.")
    return value


def database_url() -> dict[str, Any] | None:
    """Read DATABASE_URL as Django's settings, or answer None where the embedded server serves.

    It is read as PostgreSQL's own programs read it, with parameters such as `sslmode`.
    """
    raw = string("DATABASE_URL")
    if not raw:
        return None
    scheme, separator, _rest = raw.partition("://")
    if not separator or scheme not in {"postgres", "postgresql"}:
        said = scheme if separator else "missing"
        refuse("DATABASE_URL", f"the scheme is {said}; only PostgreSQL serves: {URL_FORM}")
    try:
        parts = conninfo.conninfo_to_dict(raw)
        int(parts.get("port") or 0)
    except (psycopg.Error, ValueError):
        # Without the reason, which would quote a part of the password.
        refuse("DATABASE_URL", f"cannot be read; write {URL_FORM}, special characters as %XX.")
    if not parts.get("dbname"):
        refuse("DATABASE_URL", f"names no database; write {URL_FORM}")
    fields = {key: str(parts.pop(word, None) or "") for key, word in DJANGO_NAMES.items()}
    return fields | {"OPTIONS": parts}


def var_dir() -> Path:
    """Answer where files made at run time live; `VAR_DIR`, or `var/` in the project."""
    chosen = PROJECT_DIR / (string("VAR_DIR") or "var")
    existing = next(place for place in (chosen, *chosen.parents) if place.exists())
    if not existing.is_dir():
        refuse("VAR_DIR", f"{existing} is not a directory.")
    if not os.access(existing, os.W_OK | os.X_OK):
        refuse("VAR_DIR", f"{existing} is not writable for user id {os.geteuid()}.")
    return chosen
