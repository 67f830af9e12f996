"""The README's proxy: what it says to the portal, and what it keeps from it."""

import httpx
import pytest

from tests.factories.senders import MESSAGES, SEND, make_caller
from tests.peers import attacks, nginx
from tests.peers.attacks import SILENT, SLOW, answer_on, head, holding, log_in_form
from tests.peers.nginx import HOST
from tests.processes import web_server

pytestmark = [pytest.mark.slow, pytest.mark.nginx, pytest.mark.django_db(transaction=True)]
PAGES = ["/accounts/login/", "/healthz", "/api/v1/nothing"]
CHUNK = b"10000\r\n" + bytes(0x10000) + b"\r\n"


@pytest.fixture(scope="module")
def proxy(django_db_setup, tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx")
    (folder / "portal").mkdir()
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.peers.settings",
        "TRUSTED_PROXIES": "127.0.0.1",
        "TMPDIR": str(folder / "portal"),
    }
    with (
        web_server(folder / "web.log", environment=environment) as server,
        nginx.before(server.port, folder) as proxy,
    ):
        yield proxy


@pytest.fixture
def connect(proxy):
    """Connect as an attacker does."""
    return attacks.encrypted(proxy.port, HOST)


@pytest.fixture
def visitor(proxy):
    """Return a function that makes a client with an address of its own."""
    clients = []

    def make(address="127.0.0.2", **headers):
        client = httpx.Client(
            base_url=proxy.url,
            headers={"Host": HOST} | headers,
            transport=httpx.HTTPTransport(local_address=address, verify=False),
            timeout=30,
        )
        clients.append(client)
        return client

    yield make
    for client in clients:
        client.close()


def send(length, authorization="Basic x", **headers):
    return head(
        "POST",
        MESSAGES,
        Authorization=authorization,
        Content_Type="application/json",
        Content_Length=str(length),
        **headers,
    )


def test_nginx_takes_the_configuration(proxy):
    said = proxy.check()

    assert "test is successful" in said
    assert "[warn]" not in said


class TestWhatThePortalIsTold:
    def test_plain_http_is_sent_on_as_the_same_request(self, proxy):
        with attacks.plain(proxy.plain_port)() as plain:
            plain.sendall(head("POST", f"{MESSAGES}?a=1", Content_Length="0"))
            status, received = answer_on(plain)

        assert status == 308
        assert f"Location: https://{HOST}{MESSAGES}?a=1".encode() in received

    def test_host_and_scheme(self, visitor):
        forged = {"X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example.com"}
        problem = visitor(**forged).get("/api/v1/nothing").json()

        assert problem["type"] == f"https://{HOST}/api/errors/not_found/"

    @pytest.mark.parametrize(
        "forged", [{}, {"X-Forwarded-For": "127.0.0.2"}, {"X_Forwarded_For": "127.0.0.2"}]
    )
    def test_the_clients_own_address(self, visitor, forged):
        key = make_caller(allowed_networks=("127.0.0.2/32",)).plain
        answers = [
            visitor(address, Authorization=f"Bearer {key}", **forged).get("/api/v1/balance")
            for address in ("127.0.0.2", "127.0.0.3")
        ]

        assert [answer.status_code for answer in answers] == [200, 403]
        assert "127.0.0.3" in answers[1].json()["detail"]


class TestAttacks:
    def is_served(self, visitor):
        """Look at pages and send, as somebody from another address."""
        attacks.is_served(visitor(), PAGES, rounds=3)
        key = make_caller().plain
        for _ in range(3):
            sent = visitor(Authorization=f"Bearer {key}").post(MESSAGES, json=SEND)
            assert sent.status_code == 202, sent.text

    def test_silent_connections_stop_nobody(self, proxy, visitor):
        with holding(attacks.plain(proxy.port), SILENT):
            self.is_served(visitor)

    def test_slow_heads_stop_nobody(self, connect, visitor):
        with holding(connect, SLOW, b"GET /healthz HTTP/1.1\r\nHost: "):
            self.is_served(visitor)

    def test_slow_bodies_with_a_wrong_key_stop_nobody(self, connect, visitor):
        with holding(connect, SLOW, send(1000, "Bearer sk_live_12345678.wrong") + b"{"):
            self.is_served(visitor)

    def test_slow_bodies_with_a_good_key_stop_nobody(self, connect, visitor):
        key = make_caller().plain
        with holding(connect, SLOW, send(1000, f"Bearer {key}") + b"{"):
            self.is_served(visitor)

    def test_slow_forms_stop_nobody(self, connect, visitor):
        with holding(connect, SLOW, log_in_form(1000) + b"login="):
            self.is_served(visitor)

    def test_one_address_has_so_many_requests_in_hand_and_no_more(self, connect, visitor):
        with holding(connect, 150, send(1000) + b"{") as held:
            for each in held:
                each.settimeout(0.05)  # Most are still listened to, and hear nothing.
            assert 429 in (answer_on(each)[0] for each in reversed(held))
            self.is_served(visitor)

    def test_attempts_to_sign_in_are_counted_by_address(self, visitor):
        guesser = visitor("127.0.0.4")
        statuses = [guesser.post("/accounts/login/").status_code for _ in range(25)]

        assert statuses[-1] == 429
        assert visitor("127.0.0.5").post("/accounts/login/").status_code == 403


class TestSizes:
    @pytest.fixture(autouse=True)
    def _nothing_is_kept(self, proxy):
        yield
        for folder in ("bodies", "portal"):
            assert not [each for each in (proxy.folder / folder).rglob("*") if each.is_file()]

    def test_a_large_form_is_refused_unread(self, connect):
        with connect() as attacker:
            attacker.sendall(log_in_form(300_000_000, "multipart/form-data; boundary=x"))

            assert answer_on(attacker)[0] == 413

    def test_a_form_in_chunks_is_refused_once_it_is_too_large(self, connect):
        chunked = log_in_form(0, "multipart/form-data; boundary=x").replace(
            b"Content-Length: 0", b"Transfer-Encoding: chunked"
        )
        with connect() as attacker:
            attacker.sendall(chunked)
            for _ in range(20 * 16):
                attacker.sendall(CHUNK)

            assert answer_on(attacker)[0] == 413

    def test_a_large_body_is_told_its_answer_and_the_connection_goes_on(self, connect):
        with connect() as sender:
            sender.sendall(send(12_000_000))
            sender.sendall(bytes(12_000_000))

            assert answer_on(sender)[0] == 401
            sender.sendall(head("GET", "/healthz"))
            assert answer_on(sender)[0] == 200

    def test_what_the_portal_refuses_is_told_in_its_words(self, visitor):
        key = make_caller().plain
        answer = visitor(Authorization=f"Bearer {key}").post(
            MESSAGES,
            content=bytes(12 * 2**20 + 1),
            headers={"Content-Type": "application/json"},
        )

        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_answers_are_compressed(visitor):
    answer = visitor().get("/accounts/login/", headers={"Accept-Encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"
