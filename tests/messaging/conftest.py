import pytest

from apps.carriers.connectors import open_connector
from apps.messaging.work import Link
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
def open_link():
    """Open a route's connector as a worker's thread does."""
    links = []

    def open_(route, worker="tests/1"):
        carrier = open_connector("SIMULATOR", route.connector.url, timeout_seconds=5.0)
        links.append(Link(connector_id=route.connector_id, carrier=carrier, worker=worker))
        return links[-1]

    yield open_
    for link in links:
        link.carrier.close()


@pytest.fixture
def link(route, open_link):
    return open_link(route)
