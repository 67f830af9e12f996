"""What no address, query, form or cookie may hold."""

import pytest

from config import wsgi
from tests.factories.partners import MembershipFactory


@pytest.fixture
def member(client):
    client.force_login(MembershipFactory().user)
    return client


@pytest.mark.django_db
class TestPages:
    @pytest.mark.parametrize(
        "address",
        [
            "/ledger/?account=%00",
            "/ledger/?%00=1",
            "/api/errors/%00/",
            "/static/%00",
            "/%00",
            "/?a=1&a=%00",
        ],
    )
    def test_refuse_nul_in_address_and_query(self, member, address):
        answer = member.get(address)

        assert answer.status_code == 400
        assert "无法读取" in answer.content.decode()

    def test_refuse_nul_in_a_form(self, member):
        assert member.post("/notices/read/", {"next": "\0"}).status_code == 400
        assert member.post("/notices/read/", {"\0": "1"}).status_code == 400

    def test_take_bytes_that_are_no_text_for_lost_characters(self, member):
        assert member.get("/ledger/?account=%ff%ed%a0%80").status_code == 404

    def test_forget_a_cookie_that_no_text_can_hold(self, client, settings):
        client.cookies[settings.SESSION_COOKIE_NAME] = "a\0bcdefghij"

        assert client.get("/accounts/login/").status_code == 200
        assert client.get("/").status_code == 302


@pytest.mark.parametrize("charset", ["hex", "unicode_escape", "utf-7", "idna", "undefined"])
@pytest.mark.parametrize(
    "kind", ["a/b", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_every_request_is_read_as_utf8_whatever_charset_it_names(rf, charset, kind):
    environ = rf.post("/").environ | {
        "CONTENT_TYPE": f"{kind}; charset={charset}",
        "QUERY_STRING": "a=%5Cud800",
    }

    assert wsgi.portal.request_class(environ).GET["a"] == "\\ud800"
