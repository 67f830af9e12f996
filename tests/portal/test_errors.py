from django.test import Client
from django.views.defaults import server_error

from tests.common.test_errors import ERRORS


def test_the_list_names_every_code(client):
    page = client.get("/api/errors/").content.decode()

    assert all(error.code in page for error in ERRORS)


def test_an_unknown_code_is_not_found(client):
    assert client.get("/api/errors/no_such_thing/").status_code == 404


class TestErrorPages:
    def test_what_is_not_there_is_said_in_chinese(self, client):
        response = client.get("/nowhere/")

        assert response.status_code == 404
        assert "没有找到内容" in response.content.decode()

    def test_a_form_that_was_open_too_long(self, db):
        response = Client(enforce_csrf_checks=True).post("/accounts/login/", {})

        assert response.status_code == 403
        assert "页面停留时间过长" in response.content.decode()

    def test_the_server_error_page_needs_no_database(self, rf):
        assert "系统出现错误" in server_error(rf.get("/")).content.decode()
