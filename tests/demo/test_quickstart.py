"""`manage.py quickstart` as people run it: processes, signals, files."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import httpx
import psutil
import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent
README = PROJECT / "README.md"
pytestmark = pytest.mark.slow
UP_SECONDS = 150


class Quickstart:
    """One portal with files of its own."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.output = var / f"output-{id(self)}"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def run(self, *words: str, **settings: str) -> subprocess.Popen[bytes]:
        environment = os.environ | {"VAR_DIR": str(self.var)} | settings
        for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
            if name not in settings:
                environment.pop(name, None)
        with self.output.open("wb") as output:
            return subprocess.Popen(
                [sys.executable, "manage.py", "quickstart", "--port", str(self.port), *words],
                cwd=PROJECT,
                env=environment,
                stdout=output,
                stderr=output,
            )

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        process = self.run(*words)
        wait_until(lambda: "is up" in self.said() or process.poll() is not None, UP_SECONDS)
        assert process.poll() is None, self.said()
        return process

    def refused(self, *words: str, **settings: str) -> str:
        assert self.run(*words, **settings).wait(timeout=UP_SECONDS) == 1
        return self.said().strip().splitlines()[-1]

    def said(self) -> str:
        return self.output.read_text()

    def kept(self) -> dict:
        return json.loads((self.var / "quickstart.json").read_text())

    def get(self, path: str, key: str) -> dict:
        headers = {"Authorization": f"Bearer {key}"}
        return httpx.get(f"{self.url}{path}", headers=headers, timeout=30).json()

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=30).status_code == 200
        except httpx.HTTPError:
            return False

    def statuses(self, key: str) -> Counter:
        found = self.get("/api/v1/messages?limit=100", key)["data"]
        return Counter(message["status"] for message in found)


def wait_until(holds, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.1)


def family(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def end(process: subprocess.Popen[bytes], number: int) -> int:
    """Send a signal, see that nothing of it is left, and return the exit code."""
    children = family(process)
    assert len(children) >= 6  # guard, simulator, worker, web server with two workers of its own
    process.send_signal(number)
    code = process.wait(timeout=30)
    _gone, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []
    return code


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal; what is left of it is stopped at the end."""
    var = tmp_path_factory.mktemp("quickstart")
    var.chmod(0o755)
    for parent in list(var.parents)[:2]:
        parent.chmod(0o755)
    yield Quickstart(var)
    from apps.common.embedded_postgres import Cluster  # noqa: PLC0415

    Cluster(var / "postgres").stop()


def test_brings_up_a_portal_that_delivers(portal):
    process = portal.start()
    kept = portal.kept()
    key, test_key = (kept["partners"][0][name] for name in ("api_key", "test_api_key"))

    key_account = kept["partners"][0]["account"]

    wait_until(lambda: portal.statuses(key)["delivered"] > 80)
    assert portal.is_ready()
    assert httpx.get(f"{portal.url}/static/css/tokens.css", timeout=30).status_code == 200
    assert kept["staff"][0]["password"] in portal.said()
    assert portal.get("/api/v1/balance", test_key)["spent"] > 0

    if shutil.which("curl"):
        assert _first_message_of_the_readme(portal) == [
            "queued",
            "delivered",
            key_account,
            "capture",
        ]

    assert end(process, signal.SIGTERM) == 0
    assert portal.said().endswith("Stopped.\n")
    assert not (portal.var / "postgres/data/postmaster.pid").exists()


def test_starts_killed_children_again_and_dies_with_all_of_them(portal):
    process = portal.start()
    before = portal.kept()
    time.sleep(5)  # a child that ends sooner is not started again

    for child in family(process):
        if "worker" in child.cmdline() or child.cmdline()[1:3] == ["-m", "granian"]:
            child.kill()

    wait_until(lambda: portal.said().count("started again") == 2)
    wait_until(portal.is_ready, UP_SECONDS)
    assert "running already" in Quickstart(portal.var).refused()
    assert end(process, signal.SIGKILL) == -signal.SIGKILL

    process = portal.start("--reset", "--no-demo")
    assert portal.kept()["partners"] == []
    assert portal.kept()["staff"][0]["password"] != before["staff"][0]["password"]
    assert end(process, signal.SIGINT) == 0


def test_refuses_a_port_that_is_taken(portal):
    with socket.create_server(("127.0.0.1", portal.port)):
        assert f"Port {portal.port} is taken" in portal.refused()


def test_refuses_production_settings(portal):
    said = portal.refused(DJANGO_SETTINGS_MODULE="config.settings.test", DATABASE_URL="")

    assert "refuses production settings" in said


def _first_message_of_the_readme(portal: Quickstart) -> list[str]:
    """Run the README's own lines where quickstart.json lies, and return what they tell."""
    [lines] = re.findall(r"```sh\n(quickstart\(\).*?)```", README.read_text(), re.DOTALL)
    place = portal.var / "clone"
    place.mkdir()
    (place / "var").symlink_to(portal.var)
    done = subprocess.run(
        ["sh", "-ec", lines], cwd=place, capture_output=True, text=True, timeout=60, check=True
    )
    decoder, told, text = json.JSONDecoder(), [], done.stdout
    while text.strip():
        answer, end_at = decoder.raw_decode(text.strip())
        told.append(answer)
        text = text.strip()[end_at:]
    sent, messages, balance, ledger = told
    return [
        sent["status"],
        messages["data"][0]["status"],
        balance["account"],
        ledger["data"][0]["kind"],
    ]
