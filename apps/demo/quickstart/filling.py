"""Filling an empty database once, and keeping its secrets from run to run."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.db import transaction

from apps.carriers.models import Connector
from apps.common import clock
from apps.demo import channels, loading
from apps.demo.quickstart import credentials, ports, stock
from apps.demo.quickstart.credentials import Credentials
from apps.demo.quickstart.stock import StockError
from apps.partners.models import Account
from apps.users.models import User

SIMULATOR_PORT = 8026


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """What the processes and the reader need to know."""

    credentials: Credentials
    simulator_port: int


def fill(*, path: Path, base_url: str, with_demo: bool) -> Filled:
    """Fill the database if it is empty, and write `path` either way.

    Raises:
        StockError: the secrets of a database that was filled before are gone.
    """
    port = ports.free_one(preferred=_port_of_before())
    simulator_url = f"http://{ports.HOST}:{port}"
    if stock.is_empty():
        known = _fill_empty(
            path=path, base_url=base_url, simulator_url=simulator_url, with_demo=with_demo
        )
    else:
        known = _known(path) | {"base_url": base_url}
        credentials.write(path, known)
        channels.move_to(url=simulator_url)
    return Filled(credentials=known, simulator_port=port)


def _fill_empty(*, path: Path, base_url: str, simulator_url: str, with_demo: bool) -> Credentials:
    """Write the secrets before the commit: a crash leaves an empty database or a whole file."""
    if path.exists():  # of another database, whose secrets are nowhere else
        path.replace(path.with_suffix(".before.json"))
    with transaction.atomic():
        if with_demo:
            loaded = loading.load(simulator_url=simulator_url, at=clock.now())
        else:
            loaded = loading.begin(simulator_url=simulator_url)
        known = credentials.of_loaded(loaded, base_url=base_url)
        credentials.write(path, known)
    if with_demo:
        loading.send_traffic(loaded)
    return known


def _known(path: Path) -> Credentials:
    kept = credentials.read(path)
    if kept is not None and _fits(kept):
        return kept
    if not stock.is_ours():
        return {"staff": [], "partners": []}
    raise StockError(
        f"The database was filled by quickstart, but its log-ins in {path} are gone. Run quickstart "
        "once with --reset: it empties the database and fills it anew."
    )


def _fits(kept: Credentials) -> bool:
    """Tell whether the file is about this database, and not about another one."""
    usernames = [person["username"] for person in kept["staff"]]
    codes = [partner["account"] for partner in kept["partners"]]
    return User.objects.filter(username__in=usernames).count() == len(
        usernames
    ) and Account.objects.filter(code__in=codes).count() == len(codes)


def _port_of_before() -> int:
    url = Connector.objects.filter(name=channels.CONNECTOR).values_list("url", flat=True).first()
    return (url and urlsplit(url).port) or SIMULATOR_PORT
