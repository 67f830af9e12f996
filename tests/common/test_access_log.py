"""One line for every request, which gives no secret away."""

import json

import pytest

from tests.factories.partners import MembershipFactory
from tests.factories.senders import SEND, make_caller

pytestmark = pytest.mark.django_db
UID = "2s"


@pytest.fixture
def lines(capfd):
    """Return the access lines written so far."""

    def read():
        written = capfd.readouterr().err.splitlines()
        return [json.loads(line) for line in written if '"event":"access"' in line]

    return read


def test_says_what_was_asked_and_how_it_ended(client, lines):
    answer = client.get("/accounts/login/?next=/secret", headers={"X-Request-Id": "erp-2026-01"})

    [line] = lines()
    assert (line["method"], line["path"], line["status"]) == ("GET", "/accounts/login/", 200)
    assert line["address"] == "127.0.0.1"
    assert line["request_id"] == answer["X-Request-Id"] == "erp-2026-01"
    assert 0 < line["ms"] < 60_000


def test_names_who_is_signed_in(client, lines):
    user = MembershipFactory().user
    client.force_login(user)

    client.get("/")

    assert lines()[-1]["user"] == user.pk


def test_names_the_key_by_its_public_part_and_no_text_or_number(lines):
    caller = make_caller()

    caller.post(SEND)

    [line] = lines()
    assert (line["path"], line["status"]) == ("/api/v1/messages", 202)
    assert caller.plain.startswith(line["key"])
    said = json.dumps(line, ensure_ascii=False)
    assert caller.plain not in said
    assert not any(str(value) in said for value in (SEND["to"], SEND["text"]))


@pytest.mark.parametrize("header", ["Basic dXNlcjpwdw==", "Bearer hunter2", "Bearer sk_live_x"])
def test_names_nothing_that_is_no_key(client, lines, header):
    client.get("/api/v1/balance", headers={"Authorization": header})

    [line] = lines()
    assert "key" not in line
    assert header.split()[1] not in json.dumps(line)


def test_hides_the_secret_of_a_mailed_link(client, lines):
    client.get(f"/accounts/password/reset/key/{UID}-c0ffee-5ec12e7/")

    [line] = lines()
    assert line["path"] == f"/accounts/password/reset/key/{UID}-…/"


@pytest.mark.parametrize("path", ["/nothing%0A%7B%22a%22:1%7D", "/%ff%fe", "/" + "x" * 3000])
def test_one_request_is_one_line_whatever_its_path(client, lines, path):
    client.get(path)

    [line] = lines()
    assert line["status"] == 404
    assert len(line["path"]) <= 200


def test_the_clients_own_address_stands_there_behind_a_proxy(client, lines, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]

    client.get("/healthz", headers={"X-Forwarded-For": "203.0.113.7"})

    assert lines()[0]["address"] == "203.0.113.7"
