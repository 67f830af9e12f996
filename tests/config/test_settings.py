"""A wrong setting stops the start with one line that names it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import env
from tests.config.old_server import postgres_14

PROJECT = Path(__file__).resolve().parent.parent.parent
SECRET = "s" * 60
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.prod",
    "SECRET_KEY": SECRET,
    "ALLOWED_HOSTS": "portal.example.com",
    "DATABASE_URL": "postgres://portal:geheim@127.0.0.1:1/portal",
    "EMAIL_URL": "smtp+tls://portal:geheim@mail.example.com:587",
    "PORTAL_URL": "https://portal.example.com",
}
DEVELOPMENT = {"DJANGO_SETTINGS_MODULE": "config.settings.dev"}


def check(settings: dict[str, str], **changed: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py check` with these settings and no others of ours."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "VAR_DIR") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=PROJECT,
        env=kept | settings | changed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("settings", "changed", "says"),
    [
        pytest.param(DEVELOPMENT, changed, says, id=f"{next(iter(changed))}: {says}")
        for changed, says in (
            ({"DATABASE_URL": "mysql://u@h/n"}, "the scheme is mysql"),
            ({"DATABASE_URL": "localhost/n"}, "the scheme is missing"),
            ({"DATABASE_URL": "postgres://u@h:port/n"}, "cannot be read"),
            ({"DATABASE_URL": "postgres://u@h/n?no_such=1"}, "cannot be read"),
            ({"DATABASE_URL": "postgres://u@h"}, "names no database"),
            ({"DATABASE_URL": "postgres://u@127.0.0.1:1/n"}, "Connection refused"),
            ({"TRUSTED_PROXIES": "10.0.0.0/8,proxy"}, "does not appear to be"),
            ({"TRUSTED_PROXIES": "10.0.0.1/8"}, "has host bits set"),
            ({"DEBUG": "perhaps"}, "neither true nor false"),
            ({"LOG_LEVEL": "loud"}, "is none of DEBUG"),
            ({"SMS_ACCOUNT_CODE_PREFIX": "a-b"}, "letters and digits"),
            ({"SMS_DISPATCH_LEASE_SECONDS": "1"}, "from 5 to 3600"),
            ({"SMS_DISPATCH_LEASE_SECONDS": "--9"}, "from 5 to 3600"),
            ({"VAR_DIR": "/dev/null/var"}, "is not a directory"),
            ({"EMAIL_URL": "pigeon://loft"}, "cannot be read"),
            ({"EMAIL_URL": "consolemail://"}, "only a mail server"),
            ({"EMAIL_URL": "smtp://"}, "names no host"),
            ({"PORTAL_URL": "portal.example.com"}, "https://"),
            ({"STAFF_SESSION_HOURS": "0"}, "from 1 to 168"),
            ({"WORKING_HOURS": "9-18"}, "is not of the form"),
            ({"WORKING_HOURS": "09:00-12:00,11:00-18:00"}, "later than the one before"),
            ({"OUTBOX_KEPT_DAYS": "0"}, "from 1 to 3650"),
        )
    ]
    + [
        pytest.param(PRODUCTION, changed, says, id=f"production {next(iter(changed))}: {says}")
        for changed, says in (
            ({"ALLOWED_HOSTS": ","}, "is not set"),
            ({"CSRF_TRUSTED_ORIGINS": "portal.example.com"}, "scheme"),
            ({"DATABASE_URL": ""}, "is not set"),
            ({"EMAIL_URL": ""}, "is not set"),
            ({"PORTAL_URL": ""}, "is not set"),
            ({"SECRET_KEY": ""}, "is not set"),
            ({"SECRET_KEY": "short"}, "shorter than 50"),
            ({"SEALING_SECRETS": f"{SECRET},short"}, "shorter than 50"),
        )
    ],
)
def test_a_wrong_setting_is_named(settings, changed, says):
    done = check(settings, **changed)

    assert done.returncode == 1
    assert done.stdout == ""
    [line] = done.stderr.strip().splitlines()
    assert line.startswith(f"Setting {next(iter(changed))}: ")
    assert says in line


def test_an_unwritable_directory_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere

    with pytest.raises(SystemExit, match=f"^Setting VAR_DIR: {tmp_path} is not writable"):
        env.var_dir()


def test_an_old_server_is_refused():
    with postgres_14() as address:
        done = check(DEVELOPMENT, DATABASE_URL=address)

    assert done.stderr.strip() == (
        "Setting DATABASE_URL: the server is PostgreSQL 14; 15 or newer is needed."
    )


def test_the_password_of_the_database_is_not_shown():
    done = check(PRODUCTION)

    assert "Connection refused" in done.stderr
    assert "geheim" not in done.stderr + done.stdout


def test_parameters_of_the_database_address_are_kept(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://u:a%40b@%2Frun%2Fpg:6543/n?sslmode=require")

    assert env.database_url() == {
        "NAME": "n",
        "USER": "u",
        "PASSWORD": "a@b",
        "HOST": "/run/pg",
        "PORT": "6543",
        "OPTIONS": {"sslmode": "require"},
    }


def test_the_mail_server_is_read_from_its_address(monkeypatch, tmp_path):
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://portal:a%40b@mail.example.com:587")

    assert env.email("EMAIL_URL", files=tmp_path) == {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "HOST": "mail.example.com",
        "PORT": 587,
        "HOST_USER": "portal",
        "HOST_PASSWORD": "a@b",
        "USE_TLS": True,
        "FILE_PATH": "",
    }


def test_mails_are_files_where_no_server_is_named(monkeypatch, tmp_path):
    monkeypatch.delenv("EMAIL_URL", raising=False)

    assert env.email("EMAIL_URL", files=tmp_path)["FILE_PATH"] == tmp_path
