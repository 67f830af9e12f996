"""A stage for benchmarks: a database of its own, accounts that may send, and the real processes."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parents[2]
START_SECONDS = 60
CREDIT_SEGMENTS = 2_000_000_000


@contextmanager
def database() -> Iterator[None]:
    """Set Django up on an embedded database of its own that is gone afterwards.

    With DATABASE_URL it uses that server's database, which should be an empty one.
    """
    var = Path(tempfile.mkdtemp(prefix="sms-load-"))
    var.chmod(0o755)
    os.environ |= {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "tests.load.settings"}
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # So that all is cleared away.
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from config.database import ensure_database

    ensure_database()
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        if settings.EMBEDDED_POSTGRES is not None:
            settings.EMBEDDED_POSTGRES.stop()
        shutil.rmtree(var, ignore_errors=True)


def accounts(count: int) -> list[str]:
    """Make accounts with agreement, signature and credit; return their live keys."""
    from apps.audit.actors import SYSTEM
    from apps.common import clock
    from apps.ledger.services import credits as ledger
    from apps.partners.choices import KeyMode
    from apps.partners.services import api_keys
    from tests.factories.agreements import AgreementFactory
    from tests.factories.partners import AccountFactory
    from tests.factories.signatures import SignatureFactory

    keys = []
    for number in range(count):
        account = AccountFactory()
        AgreementFactory(active=True, partner=account.partner)
        SignatureFactory(approved=True, account=account, is_default=True)
        ledger.recharge(
            account_id=account.pk,
            segments=CREDIT_SEGMENTS,
            recharge_id=number,
            by=SYSTEM,
            at=clock.now(),
        )
        keys.append(api_keys.issue(account=account, name="load", mode=KeyMode.LIVE, by=SYSTEM)[1])
    return keys


def routes(url: str) -> None:
    """Route every operator to the simulator at `url`."""
    from apps.carriers.choices import Operator, Protocol
    from apps.carriers.models import Connector, Route

    connector = Connector.objects.create(name="simulator", protocol=Protocol.SIMULATOR, url=url)
    for operator in Operator.values:
        Route.objects.create(operator=operator, connector=connector)


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def server(stack: ExitStack, *, workers: int = 2) -> int:
    """Start the web server with the command that production uses; return its port."""
    from apps.common import serving

    port = free_port()
    process(stack, serving.granian(host="127.0.0.1", port=port, workers=workers))
    wait_for(port)
    return port


def manage(stack: ExitStack, *arguments: str) -> None:
    """Start a management command that goes on running."""
    process(stack, [sys.executable, "manage.py", *arguments])


def process(stack: ExitStack, command: Sequence[str]) -> None:
    """Start a process that is killed, with its children, when the stack unwinds."""
    child = subprocess.Popen(
        command,
        cwd=PROJECT_DIR,
        start_new_session=True,
        preexec_fn=_die_with_parent,
        stdout=subprocess.DEVNULL,  # A pipe of ours would stay open in a grandchild.
        stderr=_log(),
    )
    stack.callback(_kill, child)


def _log() -> int:
    """Return the file that takes what the processes log, the access log too."""
    return os.open(Path(os.environ["VAR_DIR"]) / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def _kill(child: subprocess.Popen[bytes]) -> None:
    os.killpg(child.pid, signal.SIGKILL)
    child.wait(timeout=10)


def wait_for(port: int) -> None:
    """Wait until something listens on a port.

    Raises:
        TimeoutError: nothing did within a minute.
    """
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"Nothing listens on port {port}.")
