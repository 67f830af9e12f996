"""What the environment says, read once and refused in one clear line when it is wrong.

Every setting that an operator may give is read here, so that the list of them is one page long.
"""

import ipaddress
import os
import re
from collections.abc import Collection
from datetime import time
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qsl, unquote, urlsplit

import environ
import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg import conninfo

PROJECT_DIR = Path(__file__).resolve().parent.parent
EMAIL_FORM = "smtp+tls://user:password@host:587"
MAIL_BACKENDS = "django.core.mail.backends"
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


def networks(name: str) -> list[str]:
    """Read a comma-separated list of addresses and networks."""
    given = names(name)
    for part in given:
        try:
            ipaddress.ip_network(part)
        except ValueError as error:
            refuse(name, f"{error}; write such as 127.0.0.1,10.0.0.0/8")
    return given


def some_of(name: str, *, among: Collection[str]) -> frozenset[str]:
    """Read a comma-separated list of known names."""
    given = frozenset(names(name))
    unknown = sorted(given - frozenset(among))
    if unknown:
        refuse(name, f"{', '.join(unknown)}: not among {', '.join(sorted(among))}.")
    return given


def choice(name: str, *, default: str, among: Collection[str]) -> str:
    """Read one of a few words, in upper case."""
    value = string(name, default=default).upper()
    if value not in among:
        refuse(name, f"{value!r} is none of {', '.join(among)}.")
    return value


def file(name: str) -> Path | None:
    """Read the path of a file that must be there; None where nothing is said."""
    raw = string(name)
    if not raw:
        return None
    if not os.access(raw, os.R_OK) or not Path(raw).is_file():
        refuse(name, f"{raw} is not a file that can be read.")
    return Path(raw)


def matching(name: str, *, default: str, pattern: str, form: str) -> str:
    """Read a text of a form that `form` describes."""
    value = string(name, default=default)
    if not re.fullmatch(pattern, value):
        refuse(name, f"{value!r} is not {form}.")
    return value


def hours(name: str, *, default: str) -> list[tuple[time, time]]:
    """Read the worked spans of a day, such as `09:00-12:00,13:30-18:00`, in their order."""
    spans = names(name, default=default)
    moments = [part.strip() for span in spans for part in span.split("-")]
    clock = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
    if len(moments) != 2 * len(spans) or not all(map(clock.fullmatch, moments)) or not spans:
        refuse(name, f"is not of the form {default}.")
    if any(earlier >= later for earlier, later in pairwise(moments)):
        refuse(name, "each time must be later than the one before it.")
    times = [time.fromisoformat(moment) for moment in moments]
    return list(zip(times[::2], times[1::2], strict=True))


def email(name: str, *, files: Path) -> dict[str, Any]:
    """Read the address of the mail server as Django's settings, or write mails into `files`."""
    raw = string(name)
    if not raw:
        return {"BACKEND": f"{MAIL_BACKENDS}.filebased.EmailBackend", "FILE_PATH": files}
    try:
        config = environ.Env.email_url_config(raw)
    except (ImproperlyConfigured, ValueError):
        # Without the value, which may hold a password.
        refuse(name, f"cannot be read; write {EMAIL_FORM}, special characters as %XX.")
    if config["EMAIL_BACKEND"] != f"{MAIL_BACKENDS}.smtp.EmailBackend":
        refuse(name, f"only a mail server serves: {EMAIL_FORM}")
    if not config["EMAIL_HOST"]:
        refuse(name, f"names no host; write {EMAIL_FORM}")
    config["EMAIL_PORT"] = config["EMAIL_PORT"] or 25
    return {key.removeprefix("EMAIL_"): value for key, value in config.items()}


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


FILES_FORM = "s3://key:secret@bucket/folder?endpoint=https://s3.example.com&region=cn-north-1"
FILES_PARAMETERS = {"endpoint": "endpoint_url", "region": "region_name"}


def files_storage(name: str) -> dict[str, Any]:
    """Read where files are kept, as Django's STORAGES want it: a bucket, or the local disk."""
    raw = string(name)
    if not raw:
        return {"BACKEND": "apps.common.files.storages.PrivateDiskStorage"}
    parts = urlsplit(raw)
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    if parts.scheme != "s3" or not parts.hostname or given.keys() - FILES_PARAMETERS.keys():
        # Without the value, which may hold a secret.
        refuse(name, f"cannot be read; write {FILES_FORM}, special characters as %XX.")
    options = {FILES_PARAMETERS[key]: value for key, value in given.items()}
    if parts.username:  # Without them boto3 asks the environment or the machine's own role.
        options["access_key"] = unquote(parts.username)
        options["secret_key"] = unquote(parts.password or "")
    options |= {"bucket_name": parts.hostname, "location": unquote(parts.path).strip("/")}
    return {"BACKEND": "apps.common.files.storages.PrivateBucketStorage", "OPTIONS": options}


def var_dir() -> Path:
    """Answer where files made at run time live; `VAR_DIR`, or `var/` in the project."""
    chosen = PROJECT_DIR / (string("VAR_DIR") or "var")
    existing = next(place for place in (chosen, *chosen.parents) if place.exists())
    if not existing.is_dir():
        refuse("VAR_DIR", f"{existing} is not a directory.")
    if not os.access(existing, os.W_OK | os.X_OK):
        refuse("VAR_DIR", f"{existing} is not writable for user id {os.geteuid()}.")
    return chosen
