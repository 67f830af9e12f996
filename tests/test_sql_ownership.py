"""Raw SQL names the tables of its own app alone; of others it uses the fragments that they export."""

import re
from pathlib import Path

import pytest
from django.apps import apps as django_apps
from django.conf import settings

APPS = Path(settings.PROJECT_DIR) / "apps"
OWNERS = {
    model._meta.db_table: config.name.removeprefix("apps.")
    for config in django_apps.get_app_configs()
    if config.name.startswith("apps.")
    for model in config.get_models()
}
NAMED = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE|USING|COPY|TABLE|ON|OF)\s+([a-z]+_[a-z_0-9]+)\b")


def strangers_in(path):
    own = path.relative_to(APPS).parts[0]
    tables = NAMED.findall(path.read_text())
    return {table for table in tables if OWNERS.get(table, own) != own}


def test_no_sql_names_the_table_of_another_app():
    sources = [path for path in APPS.rglob("*.py") if "migrations" not in path.parts]

    found = {str(path.relative_to(APPS)): strangers_in(path) for path in sources}

    assert {path: tables for path, tables in found.items() if tables} == {}


@pytest.mark.parametrize(
    "line", ["FROM ledger_balance b", "JOIN ledger_balance ON", "UPDATE ledger_balance SET"]
)
def test_the_table_of_another_app_would_be_found(line):
    assert OWNERS[NAMED.findall(line)[0]] == "ledger"
