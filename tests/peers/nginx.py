"""Debian's nginx with the README's configuration, as a process of the test's own."""

import getpass
import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.messaging.worker_process import PROJECT
from tests.peers.attacks import plain
from tests.processes import free_port

NGINX = Path(os.environ.get("NGINX", "/usr/sbin/nginx"))
HOST = "portal.example.com"
START_SECONDS = 30


def is_left_out() -> bool:
    """Tell whether the tests with nginx are left out: there is none, and nobody insists."""
    return not NGINX.exists() and os.environ.get("CI", "").lower() != "true"


def notice() -> list[str]:
    """Return the line that names what is left out; nothing when nothing is."""
    if not is_left_out():
        return []
    return [f"{NGINX} is missing, so tests/peers/test_nginx.py is left out"]


class Nginx:
    """One nginx before one web server.

    Attributes:
        plain_port, port: where it speaks HTTP and HTTPS.
        folder: of its files; bodies that it keeps lie in `folder / "bodies"`.
    """

    def __init__(self, folder: Path, *, portal_port: int) -> None:
        self.folder = folder
        self.plain_port, self.port = free_port(), free_port()
        self.url = f"https://127.0.0.1:{self.port}"
        self._configuration = folder / "nginx.conf"
        self._configuration.write_text(self._adapted(portal_port))
        _certify(folder)

    def _adapted(self, portal_port: int) -> str:
        """Return the README's configuration with this test's ports and folders."""
        [text] = re.findall(
            r"^```nginx\n(.*?)^```$", (PROJECT / "README.md").read_text(), re.MULTILINE | re.DOTALL
        )
        folders = "".join(
            f"{name}_temp_path {self.folder / folder};\n"
            for name, folder in {
                "client_body": "bodies",
                "proxy": "answers",
                "fastcgi": "fastcgi",
                "uwsgi": "uwsgi",
                "scgi": "scgi",
            }.items()
        )
        changes = {
            "user www-data;": f"daemon off; pid {self.folder}/pid;\n"
            + (f"user {getpass.getuser()};" if os.geteuid() == 0 else ""),
            "http {\n": f"http {{\naccess_log off;\n{folders}",
            "listen 80; listen [::]:80;": f"listen 127.0.0.1:{self.plain_port};",
            "listen 443 ssl http2; listen [::]:443 ssl http2;": (
                f"listen 127.0.0.1:{self.port} ssl http2;"
            ),
            "/etc/ssl/portal/": f"{self.folder}/",
            "127.0.0.1:8000": f"127.0.0.1:{portal_port}",
        }
        for there, here in changes.items():
            assert there in text, there
            text = text.replace(there, here)
        return text

    def check(self) -> str:
        """Return what `nginx -t` says about the configuration."""
        ran = subprocess.run(self._command("-t"), capture_output=True, text=True, check=False)
        return ran.stderr

    def start(self) -> subprocess.Popen[bytes]:
        """Start it and return once it answers."""
        process = subprocess.Popen(self._command())
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                plain(self.port)().close()
            except OSError:
                assert process.poll() is None, (self.folder / "error.log").read_text()
                assert time.monotonic() < deadline, "nginx does not answer"
                time.sleep(0.05)
            else:
                return process

    def _command(self, *words: str) -> list[str]:
        log = str(self.folder / "error.log")
        return [
            str(NGINX),
            "-e",
            log,
            "-p",
            str(self.folder),
            "-c",
            str(self._configuration),
            *words,
        ]


@contextmanager
def before(portal_port: int, folder: Path) -> Iterator[Nginx]:
    """Run nginx before the web server on this port."""
    nginx = Nginx(folder, portal_port=portal_port)
    process = nginx.start()
    try:
        yield nginx
    finally:
        process.terminate()
        process.wait(timeout=20)


def _certify(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
