"""The virus scanner, spoken to over real sockets: a peer that talks as clamd does."""

import io
import socket
import socketserver
import struct
import threading

import pytest

from apps.common import uploads
from tests.common.uploads.images import PNG

# The test file of eicar.org, in two pieces so that no scanner takes this source for it.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.StreamRequestHandler):
    """INSTREAM of clamd(8): chunks with their lengths, an empty one, then a line of answer."""

    def handle(self):
        assert self.rfile.readline() == b"nINSTREAM\n"
        received = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            received += self.rfile.read(length)
        self.server.received = received
        self.wfile.write(self.server.answer or self.verdict(received))

    def verdict(self, received):
        return b"stream: Eicar-Test-Signature FOUND\n" if EICAR in received else b"stream: OK\n"


class Tcp(socketserver.ThreadingTCPServer):
    answer = b""


class Unix(socketserver.ThreadingUnixStreamServer):
    answer = b""


@pytest.fixture(params=["tcp", "unix"])
def clamd(request, settings, tmp_path):
    """Start a scanner and let the portal know its address."""
    path = str(tmp_path / "clamd.ctl")
    server = Tcp(("127.0.0.1", 0), Clamd) if request.param == "tcp" else Unix(path, Clamd)
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMAV_URL = (
            f"tcp://127.0.0.1:{server.server_address[1]}"
            if request.param == "tcp"
            else f"unix://{path}"
        )
        yield server
        server.shutdown()


def inspect(sent):
    return uploads.inspect(io.BytesIO(sent))


def test_a_clean_file_passes_and_was_seen_as_it_was_sent(clamd):
    assert inspect(PNG).content_type == "image/png"
    assert clamd.received == PNG


def test_an_infected_file_is_refused_by_the_name_of_what_it_carries(clamd):
    with pytest.raises(uploads.UploadInfectedError, match="Eicar-Test-Signature"):
        inspect(PNG + EICAR)


@pytest.mark.parametrize(
    "answer",
    [b"INSTREAM size limit exceeded. ERROR\n", b"stream: lstat() failed ERROR\n", b"\n", b"?\n"],
    ids=["too large for it", "failed", "nothing", "nonsense"],
)
def test_a_file_that_was_not_looked_at_is_refused(clamd, answer):
    clamd.answer = answer

    with pytest.raises(uploads.UploadNotCheckedError):
        inspect(PNG)


def test_nothing_is_taken_while_the_scanner_is_away(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.CLAMAV_URL = f"tcp://127.0.0.1:{free.getsockname()[1]}"

    with pytest.raises(uploads.UploadNotCheckedError):
        inspect(PNG)
