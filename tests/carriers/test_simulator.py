"""The simulator connector keeps the contract, against a real simulator process."""

import pytest

from apps.carriers.connectors import open_connector
from tests.carriers.contract import ConnectorContract

pytestmark = pytest.mark.slow


class TestSimulatorConnector(ConnectorContract):
    @pytest.fixture
    def far_side(self, simulator):
        return simulator

    @pytest.fixture
    def reopen(self, simulator):
        return lambda: open_connector("SIMULATOR", simulator.url, timeout_seconds=5.0)

    @pytest.fixture
    def carrier(self, reopen):
        carrier = reopen()
        yield carrier
        carrier.close()
