"""What the web server bears by itself, without a proxy before it."""

import os
import select
import socket
import subprocess
import time

import httpx
import pytest

from apps.messaging.models import Batch
from tests.factories.senders import MESSAGES, make_caller
from tests.peers import attacks
from tests.peers.attacks import SILENT, SLOW, answer_on, head, holding, log_in_form
from tests.processes import web_server

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PAGES = ["/accounts/login/", "/healthz", "/api/v1/nothing"]
WRONG = "Bearer sk_live_12345678.wrong"
LARGE = 12_000_000


@pytest.fixture(scope="module")
def server(django_db_setup, tmp_path_factory):
    folder = tmp_path_factory.mktemp("granian")
    (folder / "tmp").mkdir()
    environment = {"TMPDIR": str(folder / "tmp")}
    with web_server(folder / "web.log", environment=environment) as server:
        server.folder = folder / "tmp"
        yield server


@pytest.fixture
def connect(server):
    return attacks.plain(server.port)


@pytest.fixture
def client(server):
    with httpx.Client(base_url=server.url, timeout=30, trust_env=False) as client:
        yield client


def send(length, authorization="Basic x", **headers):
    return head(
        "POST",
        MESSAGES,
        Authorization=authorization,
        Content_Type="application/json",
        Content_Length=str(length),
        **headers,
    )


def _is_answered(connection):
    return bool(select.select([connection], [], [], 0.05)[0])


class TestAttacks:
    def test_silent_connections_stop_nobody(self, connect, client):
        with holding(connect, SILENT):
            attacks.is_served(client, PAGES)

    def test_slow_heads_stop_nobody(self, connect, client):
        with holding(connect, SILENT, b"GET /healthz HTTP/1.1\r\nHost: "):
            attacks.is_served(client, PAGES)

    def test_a_wrong_key_is_told_before_the_body_comes(self, connect, client):
        with holding(connect, SLOW, send(1000, WRONG) + b"{") as held:
            attacks.is_served(client, PAGES)

            # After so many, they are told that there were too many.
            assert {answer_on(each)[0] for each in held} <= {401, 429}

    def test_slow_forms_stop_nobody(self, connect, client):
        with holding(connect, SLOW, log_in_form(1000) + b"login=") as held:
            attacks.is_served(client, PAGES)

            refused = [each for each in held if _is_answered(each)]
            assert len(refused) >= SLOW - 8  # Four of each process are still waited for.
            assert {answer_on(each)[0] for each in refused} == {408}

    def test_slow_sends_with_a_good_key_stop_nobody(self, connect, client):
        good, other = make_caller(), make_caller()
        slow = send(1000, f"Bearer {good.plain}") + b"{"
        with holding(connect, SLOW, slow):
            client.headers["Authorization"] = f"Bearer {other.plain}"
            attacks.is_served(client, ["/api/v1/balance"])

            body = {"to": "13800138000", "text": "hello"}
            assert client.post(MESSAGES, json=body).status_code == 202


class TestSizes:
    @pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "text/plain"])
    def test_a_strangers_large_form_is_refused_unread(self, server, connect, kind):
        with connect() as attacker:
            attacker.sendall(log_in_form(300_000_000, kind))

            assert answer_on(attacker)[0] == 413
        assert not any(server.folder.iterdir())

    def test_a_form_in_chunks_without_end_is_not_kept(self, server, connect):
        chunked = log_in_form(0, "multipart/form-data; boundary=x").replace(
            b"Content-Length: 0", b"Transfer-Encoding: chunked"
        )
        part = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
        chunk = b"%x\r\n%b\r\n" % (len(part), part) + b"10000\r\n" + bytes(0x10000) + b"\r\n"
        with connect() as attacker:
            attacker.sendall(chunked)
            sent = 0
            try:
                while sent < 300_000_000:
                    attacker.sendall(chunk)
                    sent += len(chunk)
            except OSError:
                pass

            assert sent < 50_000_000
        assert not any(server.folder.iterdir())

    def test_heads_are_bounded(self, connect):
        with connect() as attacker:
            attacker.sendall(head("GET", "/healthz", X_Long="x" * 500_000))

            assert answer_on(attacker)[0] == 431


class TestLies:
    def test_a_body_that_is_cut_off_is_not_taken_for_the_whole(self, connect):
        caller = make_caller()
        body = b'{"to": "13800138000", "text": "hello"}'
        with connect() as liar:
            liar.sendall(send(len(body) + 10, f"Bearer {caller.plain}") + body)
            liar.shutdown(socket.SHUT_WR)

            assert answer_on(liar)[0] in {408, 0}
        assert not Batch.objects.exists()

    def test_two_lengths_are_no_second_request(self, connect):
        hidden = head("GET", "/healthz")
        lie = send(5, Transfer_Encoding="chunked") + b"0\r\n\r\n" + hidden
        with connect() as liar:
            liar.sendall(lie)
            time.sleep(0.5)

            assert answer_on(liar)[1].count(b"HTTP/1.1") <= 1


class TestAnswersBeforeTheBody:
    @pytest.mark.parametrize("length", [LARGE, 13 * 2**20])
    def test_arrive_whole_and_the_connection_goes_on(self, connect, length):
        with connect() as sender:
            sender.sendall(send(length))
            sender.sendall(bytes(length))

            status, received = answer_on(sender)
            assert (status, received[-1:]) == (401, b"}")
            sender.sendall(head("GET", "/healthz"))
            assert answer_on(sender)[0] == 200

    def test_too_large_a_body_of_a_good_key_is_told_as_that(self, connect):
        caller = make_caller()
        with connect() as sender:
            sender.sendall(send(13 * 2**20, f"Bearer {caller.plain}"))
            sender.sendall(bytes(13 * 2**20))

            assert answer_on(sender)[0] == 413

    def test_who_asks_first_is_told_to_send_nothing(self, connect):
        with connect() as sender:
            sender.sendall(send(LARGE, Expect="100-continue"))

            status, received = answer_on(sender)
            assert status == 401
            assert b"connection: close" in received.lower()

    @pytest.mark.parametrize("expect", ["", "100-continue"])
    def test_are_read_by_curl(self, server, tmp_path, expect):
        file = tmp_path / "body"
        file.write_bytes(bytes(LARGE))
        words = ["-sS", "-w", "%{http_code}", "-o", "/dev/null", "--data-binary", f"@{file}"]
        headers = ["-H", f"Expect: {expect}".strip(), "-H", "Authorization: Basic x"]
        ran = subprocess.run(
            ["curl", *words, *headers, server.url + MESSAGES],
            capture_output=True,
            timeout=60,
            check=False,
            env={"no_proxy": "*", "PATH": os.environ["PATH"]},
        )

        assert (ran.stdout, ran.stderr) == (b"401", b"")


def test_silent_connections_are_closed(django_db_setup, tmp_path):
    words = ("--http1-header-read-timeout", "1000", "--workers", "1")
    with web_server(tmp_path / "web.log", words=words) as server:
        connect = attacks.plain(server.port)
        for sent in (b"", b"GET / HT", head("GET", "/healthz")):
            with connect() as silent:
                silent.sendall(sent)
                if sent.endswith(b"\r\n\r\n"):
                    assert answer_on(silent)[0] == 200
                assert silent.recv(1) == b""
