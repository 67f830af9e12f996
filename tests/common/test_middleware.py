"""What every answer carries, and the shorter way of partners' software."""

import io

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import Client

from apps.audit.actors import SYSTEM
from apps.common.incoming import Body
from apps.common.middleware import STRANGERS_BODY, MachineMiddleware
from apps.partners.choices import KeyMode
from apps.partners.services import api_keys
from tests.factories.partners import AccountFactory
from tests.factories.users import UserFactory
from tests.unread import unread

MULTIPART = "multipart/form-data; boundary=x"


@pytest.mark.django_db
class TestRequestId:
    @pytest.mark.parametrize("path", ["/accounts/login/", "/nothing-here/", "/api/v1/balance"])
    def test_stands_in_every_answer(self, client, path):
        assert len(client.get(path)["X-Request-Id"]) == 32

    def test_of_the_caller_is_kept(self, client):
        answer = client.get("/accounts/login/", headers={"X-Request-Id": "erp-2026.06_01"})

        assert answer["X-Request-Id"] == "erp-2026.06_01"

    @pytest.mark.parametrize("given", ["short", "x" * 65, "with blank in it", "a\tb\tc\td\te"])
    def test_of_another_form_is_replaced(self, client, given):
        answer = client.get("/accounts/login/", headers={"X-Request-Id": given})

        assert answer["X-Request-Id"] != given


@pytest.mark.django_db
class TestNoStore:
    @pytest.mark.parametrize("path", ["/accounts/login/", "/nothing-here/", "/api/v1/balance"])
    def test_stands_in_every_answer(self, client, path):
        assert "no-store" in client.get(path)["Cache-Control"]

    def test_stands_in_what_software_with_a_key_is_told(self, client):
        _key, secret = api_keys.issue(
            account=AccountFactory(), name="生产", mode=KeyMode.LIVE, by=SYSTEM
        )

        answer = client.get("/api/v1/balance", headers={"Authorization": f"Bearer {secret}"})

        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]

    def test_is_not_for_static_files(self, client):
        answer = client.get("/static/css/tokens.css")

        assert b"".join(answer.streaming_content)
        assert "no-store" not in answer.get("Cache-Control", "")


@pytest.mark.django_db
class TestMachine:
    def test_answers_carry_length_and_language(self, client):
        answer = client.get("/api/v1/nothing", headers={"Accept-Language": "en"})

        assert answer["Content-Length"] == str(len(answer.content))
        assert answer["Content-Language"] == "en"

    def test_sets_no_cookie(self, client):
        assert not client.get("/api/v1/balance").cookies

    def test_leaves_pages_to_the_browsers_middleware(self, rf):
        seen = MachineMiddleware(lambda request: request.path)

        assert seen(rf.get("/accounts/login/")) == "/accounts/login/"


@pytest.mark.django_db
class TestBody:
    """What a page's request may bring; `Unread` fails where any of it is read."""

    @pytest.mark.parametrize("path", ["/", "/accounts/login/", "/admin/", "/i18n/setlang/", "/xx"])
    @pytest.mark.parametrize("length", [STRANGERS_BODY + 1, 300_000_000])
    def test_of_a_stranger_is_small(self, client, path, length):
        answer = client.generic("POST", path, **unread(length=length, content_type=MULTIPART))

        assert answer.status_code == 413
        assert "超出了本页面的上限" in answer.content.decode()

    def test_is_refused_in_the_readers_language(self, client, settings):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

        answer = client.generic("POST", "/", **unread(length=STRANGERS_BODY + 1))

        assert "more than the page takes" in answer.content.decode()

    def test_of_who_is_signed_in_is_as_large_as_a_form_with_a_file(self, client):
        client.force_login(UserFactory())

        answer = client.generic("POST", "/", **unread(length=13 * 2**20 + 1))

        assert answer.status_code == 413

    def test_of_who_is_signed_in_may_be_larger_than_a_strangers(self, client):
        client.force_login(UserFactory())
        file = SimpleUploadedFile("scan.pdf", bytes(STRANGERS_BODY + 1))

        assert client.post("/i18n/setlang/", {"language": "en", "file": file}).status_code == 302

    def test_of_a_stranger_lies_in_memory_alone(self, client):
        file = SimpleUploadedFile("scan.pdf", bytes(STRANGERS_BODY // 2))
        answer = client.post("/accounts/login/", {"login": "x", "password": "y", "file": file})

        assert isinstance(answer.wsgi_request.FILES["file"], InMemoryUploadedFile)

    @pytest.mark.parametrize("kind", [MULTIPART, "application/x-www-form-urlencoded"])
    @pytest.mark.parametrize("path", ["/accounts/login/", "/customers/", "/i18n/setlang/"])
    def test_that_does_not_come_is_told_as_that(self, path, kind, settings):
        browser = Client(enforce_csrf_checks=True)
        browser.cookies[settings.CSRF_COOKIE_NAME] = "x" * 32
        body = Body(io.BytesIO(b"login="), length=100, is_expected=False)
        answer = browser.generic(
            "POST", path, **unread(length=100, content_type=kind) | {"wsgi.input": body}
        )

        assert answer.status_code == 408
        assert "未能及时送达" in answer.content.decode()


@pytest.mark.django_db
class TestLocale:
    def test_pages_are_chinese_until_english_is_chosen(self, client, settings):
        login = "/accounts/login/"
        assert client.get(login, headers={"Accept-Language": "en"})["Content-Language"] == "zh-hans"

        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        assert client.get(login)["Content-Language"] == "en"

        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
        assert client.get(login)["Content-Language"] == "zh-hans"
