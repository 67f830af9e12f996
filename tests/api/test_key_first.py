"""Every address of the interface looks at the key before a byte of the body."""

import pytest
from django.urls import URLPattern

from apps.api.urls import urlpatterns
from apps.partners.choices import Scope
from tests.factories.senders import MESSAGES, make_caller
from tests.unread import unread

KINDS = ["application/json", "multipart/form-data; boundary=x"]


def addresses():
    """Yield every address below /api/v1/ with each method that may bring a body."""
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        route = str(pattern.pattern).replace("^v1(?:/|$)", "v1/")
        if not route.startswith("v1/"):
            continue
        for name in pattern.pattern.converters:
            route = route.replace(f"<str:{name}>", "x")
        for method in ("POST", "PATCH", "PUT", "DELETE", "GET"):
            yield pytest.param(f"/api/{route}", method, id=f"{method} {route}")


ADDRESSES = list(addresses())
WRONG = {
    "none": {},
    "no such key": {"HTTP_AUTHORIZATION": "Bearer sk_live_12345678.wrongwrong"},
    "another scheme": {"HTTP_AUTHORIZATION": "Basic eDp5"},
}


def test_all_are_here():
    assert len({address.values[0] for address in ADDRESSES}) > 20


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "method"), ADDRESSES)
@pytest.mark.parametrize("authorization", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_key_is_told_without_the_body(client, path, method, authorization):
    for kind in KINDS:
        answer = client.generic(
            method, path, **unread(length=300_000_000, content_type=kind), **authorization
        )

        assert answer.status_code == (404 if path == "/api/v1/" else 401)


@pytest.mark.django_db
class TestSend:
    def refused(self, client, caller):
        authorization = {"HTTP_AUTHORIZATION": f"Bearer {caller.plain}"}
        return client.generic("POST", MESSAGES, **unread(length=100), **authorization).json()[
            "code"
        ]

    def test_a_key_that_may_not_send_is_told_without_the_body(self, client):
        assert self.refused(client, make_caller(scopes=(Scope.READ_MONEY,))) == "scope_missing"

    def test_a_strange_address_is_told_without_the_body(self, client):
        caller = make_caller(allowed_networks=("203.0.113.0/24",))

        assert self.refused(client, caller) == "ip_not_allowed"

    def test_a_revoked_key_is_told_without_the_body(self, client):
        caller = make_caller()
        caller.key.revoked = True
        caller.key.save()

        assert self.refused(client, caller) == "revoked_key"
