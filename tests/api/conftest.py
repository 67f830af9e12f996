import pytest

from apps.common.models import StoredAnswer
from apps.ledger.models import Balance, LedgerEntry
from apps.messaging.models import Batch, Chunk, Message
from apps.partners.choices import KeyMode
from tests.factories.senders import make_caller
from tests.processes import web_server

TABLES = (Batch, Message, Chunk, LedgerEntry, Balance, StoredAnswer)


@pytest.fixture
def caller(db):
    """The software of an account with 1000 segments."""
    return make_caller()


@pytest.fixture
def sandbox(caller):
    """The same account's software with a test key."""
    return make_caller(caller.account, mode=KeyMode.TEST)


@pytest.fixture
def stranger(db):
    """Another partner's software."""
    return make_caller()


@pytest.fixture
def books():
    """Return all rows that a send writes, to compare before and after."""
    return lambda: [sorted(table.objects.values_list(), key=str) for table in TABLES]


@pytest.fixture
def server(transactional_db, tmp_path):
    """The real web server on the test's database."""
    with web_server(tmp_path / "web.log") as server:
        yield server
