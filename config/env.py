"""What the environment says, read once and refused in one clear line when it is wrong.

Every setting that an operator may give is read here, so that the list of them is one page long.
"""

import sys
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote, urlsplit

import environ

PROJECT_DIR = Path(__file__).resolve().parent.parent
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
    if not raw.lstrip("-").isdigit() or not least <= int(raw) <= most:
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


def database_url() -> dict[str, str] | None:
    """Read DATABASE_URL, or answer None where the embedded PostgreSQL serves."""
    raw = string("DATABASE_URL")
    if not raw:
        return None
    url = urlsplit(raw)
    if url.scheme not in {"postgres", "postgresql"}:
        refuse(
            "DATABASE_URL",
            f"the scheme is {url.scheme or 'missing'}; only PostgreSQL serves: "
            "postgres://user:password@host:5432/name",
        )
    try:
        parsed = env.db_url_config(raw)
    except (ValueError, environ.ImproperlyConfigured):
        refuse("DATABASE_URL", "cannot be read; write postgres://user:password@host:5432/name")
    if not parsed.get("NAME"):
        refuse("DATABASE_URL", "names no database; write postgres://user:password@host:5432/name")
    if parsed.get("HOST", "").startswith("%2F"):
        parsed["HOST"] = unquote(parsed["HOST"])
    return {key: str(parsed.get(key) or "") for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}


def var_dir() -> Path:
    """Answer where files made at run time live; `VAR_DIR`, or `var/` in the project."""
    return Path(string("VAR_DIR") or PROJECT_DIR / "var")


def is_running(command: str) -> bool:
    """Tell whether this process is `manage.py <command>`."""
    return len(sys.argv) > 1 and Path(sys.argv[0]).name == "manage.py" and sys.argv[1] == command
