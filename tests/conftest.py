"""What every test gets: the project's own PostgreSQL, and no table kept from the test before."""

from collections.abc import Iterator

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings

from apps.api import wrong_keys
from apps.common import cache
from apps.messaging import accepting
from tests import migrated_rows, migrated_template
from tests.e2e import chromium
from tests.peers import nginx

# A busy machine is no fault of what is tested: properties are not timed.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_configure() -> None:
    """Start the embedded server once, before any worker of the suite makes its database."""
    from config.database import ensure_database  # noqa: PLC0415 - settings are chosen by now

    ensure_database()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Put the rows of the migrations back where a test emptied the tables."""
    migrated_rows.prepare(item)


def pytest_report_header() -> list[str]:
    """Name the tests that are left out, where there is no browser or no nginx."""
    return [*chromium.notice(), *nginx.notice()]


@pytest.fixture(autouse=True)
def _forget_kept_tables() -> None:
    cache.forget_all()
    wrong_keys.forget()


@pytest.fixture(scope="session")
def _template(
    django_db_modify_db_settings_parallel_suffix: None,
) -> migrated_template.MigratedTemplate:
    return migrated_template.MigratedTemplate()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    _template: migrated_template.MigratedTemplate, django_db_blocker
) -> None:
    """Copy the migrated database, where one was made."""
    with django_db_blocker.unblock():
        _template.use()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, _template: migrated_template.MigratedTemplate, django_db_blocker
) -> Iterator[None]:
    """Keep the rows of the migrations; leave the database, with everybody, before it is dropped."""
    with django_db_blocker.unblock():
        _template.keep(str(connection.settings_dict["NAME"]))
        migrated_rows.keep()
    yield
    accepting.hang_up()
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND usename = current_user "
            "AND pid <> pg_backend_pid()"
        )
