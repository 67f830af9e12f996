"""The connectors, one look-alike folder for each protocol."""

from collections.abc import Callable

from apps.carriers.choices import Protocol
from apps.carriers.connectors.base import CarrierConnector
from apps.carriers.connectors.simulator.client import SimulatorConnector

_OPENERS: dict[str, Callable[[str, float], CarrierConnector]] = {
    Protocol.SIMULATOR: SimulatorConnector,
}


def open_connector(protocol: str, url: str, *, timeout_seconds: float) -> CarrierConnector:
    """Return a connector for one thread; each of its calls ends within `timeout_seconds`."""
    return _OPENERS[protocol](url, timeout_seconds)
