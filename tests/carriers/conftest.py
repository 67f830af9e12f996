import pytest

from tests.carriers.simulators import SimulatorProcess


@pytest.fixture(scope="module")
def simulator(tmp_path_factory):
    """A simulator for all tests of a module; it is left running by each."""
    process = SimulatorProcess(tmp_path_factory.mktemp("simulator") / "simulator.db")
    process.start()
    yield process
    process.kill()
