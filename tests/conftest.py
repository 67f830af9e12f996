"""What every test gets: the project's own PostgreSQL, and no table kept from the test before."""

import pytest

from apps.common import cache


def pytest_configure() -> None:
    """Start the embedded server once, before any worker of the suite makes its database."""
    from config.database import ensure_database  # noqa: PLC0415 - settings are chosen by now

    ensure_database()


@pytest.fixture(autouse=True)
def _forget_kept_tables() -> None:
    cache.forget_all()
