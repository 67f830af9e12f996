import pytest

from apps.carriers.connectors import open_connector
from apps.messaging.dispatching.claims import OpenConnector
from tests.carriers.simulators import SimulatorThread
from tests.factories.messaging import ConnectorFactory, RouteFactory
from tests.factories.partners import AccountFactory


@pytest.fixture
def simulator(tmp_path):
    simulator = SimulatorThread(tmp_path / "simulator.db")
    yield simulator
    simulator.stop()


@pytest.fixture
def account(db):
    return AccountFactory()


@pytest.fixture
def route(simulator, db):
    """China Mobile's only route, to the simulator."""
    return RouteFactory(connector=ConnectorFactory(url=simulator.url))


@pytest.fixture
def open_as_thread():
    """Open a route's connector as a worker's thread does."""
    all_opened = []

    def open_(route, worker="tests/1"):
        carrier = open_connector("SIMULATOR", route.connector.url, timeout_seconds=5.0)
        all_opened.append(
            OpenConnector(connector_id=route.connector_id, carrier=carrier, worker=worker)
        )
        return all_opened[-1]

    yield open_
    for opened in all_opened:
        opened.carrier.close()


@pytest.fixture
def opened(route, open_as_thread):
    return open_as_thread(route)
