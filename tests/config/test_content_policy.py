"""Every answer says what a browser may do with it, the refused and the broken ones too."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def rules_of(response):
    if response.streaming:
        list(response.streaming_content)  # which closes the file
    policy = response.headers["Content-Security-Policy"]
    return dict(rule.split(" ", 1) for rule in policy.split("; "))


class TestPolicy:
    @pytest.mark.parametrize(
        "address",
        [
            "/",
            "/accounts/login/",
            "/admin/",
            "/api/docs/",
            "/api/schema/",
            "/api/v1/balance",
            "/healthz",
            "/nothing",
            "/admin/alpine.js",
            "/static/js/alpine.js",
            "/static/nothing.js",
        ],
    )
    def test_stands_on_every_answer(self, address, client):
        rules = rules_of(client.get(address))

        assert rules["default-src"] == rules["object-src"] == rules["base-uri"] == "'none'"
        assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
        assert rules["form-action"] == "'self'"
        assert rules["frame-ancestors"] == "'none'"

    def test_allows_nothing_inline_and_nobody_else_anywhere(self, client):
        policy = client.get("/accounts/login/").headers["Content-Security-Policy"]

        assert "unsafe" not in policy
        assert not any(sign in policy for sign in ("*", "http", "nonce", "blob:"))
        assert policy.count("data:") == 1
        assert rules_of(client.get("/accounts/login/"))["img-src"] == "'self' data:"

    def test_stands_on_a_form_that_was_not_ours(self):
        client = Client(enforce_csrf_checks=True)

        response = client.post("/accounts/login/")

        assert response.status_code == 403
        assert rules_of(response)["script-src"] == "'self'"

    def test_stands_on_an_answer_to_another_host(self, client, settings):
        settings.ALLOWED_HOSTS = ["portal.example.com"]

        response = client.get("/", headers={"host": "other.example.com"})

        assert response.status_code == 400
        assert rules_of(response)["script-src"] == "'self'"

    def test_stands_where_the_product_broke(self, client):
        client.force_login(UserFactory())
        client.raise_request_exception = False
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE users_user RENAME COLUMN first_name TO given_name")

        response = client.get(reverse("portal:home"))

        assert response.status_code == 500
        assert rules_of(response)["script-src"] == "'self'"
