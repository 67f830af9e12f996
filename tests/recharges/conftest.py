import pytest

from tests.factories.rates import RateVersionFactory
from tests.factories.users import StaffFactory
from tests.messaging.worker_process import database_url
from tests.recharges.dying_process import DyingProcess


@pytest.fixture
def dying(transactional_db, tmp_path):
    """A process that takes steps of finance and can be killed within them."""
    process = DyingProcess(tmp_path / "dying.log", database_url=database_url())
    yield process
    process.stop()


@pytest.fixture
def person(transactional_db):
    """A person of finance, where prices are in force."""
    RateVersionFactory()
    return StaffFactory(finance=True)
