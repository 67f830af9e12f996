"""The README says what is so."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent
README = (PROJECT / "README.md").read_text()
READ = re.compile(r"\benv\.[a-z_]+\(\s*\"([A-Z_]+)\"")
NOT_FOR_OPERATORS = {"TEST_DB_SUFFIX"}


def test_the_table_has_every_setting():
    code = "\n".join(path.read_text() for path in (PROJECT / "config").rglob("*.py"))
    own = {"DATABASE_URL", "VAR_DIR", "DJANGO_SETTINGS_MODULE"}

    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE))

    assert listed == set(READ.findall(code)) - NOT_FOR_OPERATORS | own


def test_ci_runs_the_command_of_the_tests():
    [command] = re.findall(r"^\.venv/bin/pip .*pytest$", README, re.MULTILINE)

    assert command in (PROJECT / ".ci" / "run").read_text().splitlines()


@pytest.mark.parametrize("picture", re.findall(r"\]\((static/readme/[^)]+)\)", README))
def test_pictures_are_there(picture):
    assert (PROJECT / picture).stat().st_size > 10_000


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_locks_name_no_host(lock):
    text = (PROJECT / lock).read_text()

    assert "://" not in text
    assert text.count("--hash=sha256:") > text.count("==") > 20


def test_the_tests_run_on_what_the_portal_runs_on():
    pinned = re.compile(r"^([a-z0-9.-]+)(?:\[.*\])?==(\S+)", re.MULTILINE)
    runtime = dict(pinned.findall((PROJECT / "requirements.txt").read_text()))
    tests = dict(pinned.findall((PROJECT / "requirements-dev.txt").read_text()))

    assert runtime.items() <= tests.items()
