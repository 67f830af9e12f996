import importlib
import pkgutil
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.views.defaults import server_error

import apps
from apps.common.errors import DomainError
from apps.portal.errors.cures import CURES

for module in pkgutil.walk_packages(apps.__path__, "apps."):
    if re.search(r"errors|\.services\.|\.judging\.|queries$", module.name):
        importlib.import_module(module.name)


def all_errors(base=DomainError):
    for error in base.__subclasses__():
        yield error
        yield from all_errors(error)


ERRORS = sorted(set(all_errors()), key=lambda error: error.code)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.code)
class TestEveryError:
    def test_has_a_page_that_says_what_to_do(self, client, error):
        response = client.get(reverse("portal:error-detail", args=[error.code]))

        assert response.status_code == 200
        with translation.override("zh-hans"):
            assert str(CURES[error.code]) in response.content.decode()

    def test_is_said_in_chinese(self, error):
        with translation.override("zh-hans"):
            assert any("\u4e00" <= letter <= "\u9fff" for letter in str(error.message))


def test_every_code_belongs_to_one_error():
    codes = [error.code for error in ERRORS]

    assert len(codes) == len(set(codes))


def test_no_cure_is_left_of_an_error_that_is_gone():
    assert set(CURES) == {error.code for error in ERRORS}


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
