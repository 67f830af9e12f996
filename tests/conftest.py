"""What every test gets: the project's own PostgreSQL, and no table kept from the test before."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from apps.api import wrong_keys
from apps.common import cache
from apps.messaging import accepting
from tests.e2e import chromium
from tests.peers import nginx

# A busy machine is no fault of what is tested: properties are not timed.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_configure() -> None:
    """Start the embedded server once, before any worker of the suite makes its database."""
    from config.database import ensure_database  # noqa: PLC0415 - settings are chosen by now

    ensure_database()


def pytest_report_header() -> list[str]:
    """Name the tests that are left out, where there is no browser or no nginx."""
    return [*chromium.notice(), *nginx.notice()]


@pytest.fixture(autouse=True)
def _forget_kept_tables() -> None:
    cache.forget_all()
    wrong_keys.forget()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Leave the database before it is dropped."""
    yield
    accepting.hang_up()
