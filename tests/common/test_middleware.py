"""What every answer carries, and the shorter way of partners' software."""

import pytest

from apps.common.middleware import MachineMiddleware


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
class TestLocale:
    def test_pages_are_chinese_until_english_is_chosen(self, client, settings):
        login = "/accounts/login/"
        assert client.get(login, headers={"Accept-Language": "en"})["Content-Language"] == "zh-hans"

        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        assert client.get(login)["Content-Language"] == "en"

        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
        assert client.get(login)["Content-Language"] == "zh-hans"
