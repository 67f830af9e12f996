"""One way to sign in and one to change a password: every address is offered somebody's password."""

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client

from tests.access.addresses import ROUTES, address_of
from tests.access.visitors import ANONYMOUS, browser_of, credentials_of
from tests.factories.users import PASSWORD, StaffFactory

# The REST interface knows no passwords; its addresses never reach a session.
pytestmark = pytest.mark.slow
BROWSED = [route for route in ROUTES if not route.startswith("api:")]
LOGIN, SECOND = "/accounts/login/", "/accounts/2fa/authenticate/"


@pytest.fixture(autouse=True)
def _no_attempts_counted():
    cache.clear()


def signed_in_as(browser):
    return browser.session.get(SESSION_KEY)


def test_no_address_signs_in_with_a_password_alone(world):
    with_factor, without = StaffFactory(), StaffFactory()
    TOTP.activate(with_factor, generate_totp_secret())

    let_in = set()
    for route in BROWSED:
        for person in (with_factor, without):
            browser = browser_of(ANONYMOUS, world)
            words = credentials_of(person) | {"next": "/admin/"}
            browser.post(f"{address_of(route, world)}?next=/admin/", words)
            if signed_in_as(browser) is not None:
                let_in.add((route, "with" if person == with_factor else "without"))

    assert let_in == {("account_login", "without")}


@pytest.mark.django_db
class TestLogin:
    def test_signs_in_after_the_second_factor_only(self, client):
        person, secret = StaffFactory(), generate_totp_secret()
        TOTP.activate(person, secret)

        first = client.post(LOGIN, {"login": person.username, "password": PASSWORD})
        before = signed_in_as(client)
        code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
        client.post(SECOND, {"code": code})

        assert first.headers["Location"] == SECOND
        assert before is None
        assert signed_in_as(client) == str(person.pk)

    @pytest.mark.parametrize("method", ["get", "post", "put", "head"])
    def test_the_admins_leads_there_whatever_the_method(self, client, method):
        response = getattr(client, method)("/admin/login/?next=/admin/users/user/")

        assert response.headers["Location"] == f"{LOGIN}?next=/admin/users/user/"

    @pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:x"])
    def test_the_admins_leads_nowhere_else(self, client, wanted):
        for person in (None, StaffFactory()):
            if person:
                client.force_login(person)
            response = client.get("/admin/login/", {"next": wanted})

            assert "evil" not in response.headers["Location"]
            assert "javascript" not in response.headers["Location"]

    def test_somebody_signed_in_does_not_become_somebody_else(self, client):
        client.force_login(first := StaffFactory())
        other = StaffFactory()

        client.post("/admin/login/", {"username": other.username, "password": PASSWORD})

        assert signed_in_as(client) == str(first.pk)


@pytest.mark.django_db
class TestAdminsOwnPages:
    def test_the_menu_signs_out(self):
        browser = Client()
        browser.force_login(StaffFactory())

        answer = browser.post("/admin/logout/", follow=True)

        assert [step for step, _status in answer.redirect_chain] == ["/accounts/logout/", LOGIN]
        assert signed_in_as(browser) is None

    @pytest.mark.parametrize("page", ["password_change/", "password_change/done/"])
    def test_the_password_page_is_allauths(self, client, page):
        client.force_login(StaffFactory())

        answers = [client.get(f"/admin/{page}"), client.post(f"/admin/{page}", {})]

        assert {answer.headers["Location"] for answer in answers} == {"/accounts/password/change/"}
