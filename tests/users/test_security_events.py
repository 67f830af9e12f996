"""What happens at the ways in is written down, and no secret with it."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client

from apps.audit.choices import SecurityEventKind as Kind
from apps.audit.models import SecurityEvent
from apps.users.models import User
from tests.factories.partners import MembershipFactory
from tests.factories.users import PASSWORD, StaffFactory
from tests.users.test_attempts import CHANGE, FACTOR, HOME, RESET, send_reset_mails, sign_in

pytestmark = pytest.mark.django_db
NEW = "another horse battery staple"


@pytest.fixture
def user():
    return MembershipFactory().user


def kinds():
    return list(SecurityEvent.objects.order_by("pk").values_list("kind", flat=True))


def everything():
    return repr(list(SecurityEvent.objects.values_list()))


class TestSignIn:
    def test_says_who_and_from_where(self, client, user):
        client.defaults["HTTP_USER_AGENT"] = "Firefox"

        sign_in(client, user.username)

        event = SecurityEvent.objects.get()
        assert (event.kind, event.person_id, event.person) == (
            Kind.SIGNED_IN,
            user.pk,
            user.username,
        )
        assert (event.address, event.agent) == (HOME, "Firefox")

    def test_a_failed_one_names_the_account(self, client, user):
        sign_in(client, user.username, "hunter2")

        event = SecurityEvent.objects.get()
        assert (event.kind, event.person_id) == (Kind.LOGIN_FAILED, user.pk)
        assert "hunter2" not in everything()

    def test_a_password_typed_as_the_name_is_not_stored(self, client):
        sign_in(client, PASSWORD, "x")

        assert SecurityEvent.objects.get().person == "co•••"
        assert PASSWORD not in everything()

    def test_a_limited_one_says_by_which_limit(self, client, user):
        for _time in range(7):
            sign_in(client, user.username, "wrong")

        limited = SecurityEvent.objects.get(kind=Kind.LIMITED)
        assert (limited.count, limited.detail) == (2, "users.sign_in")

    def test_a_wrong_second_factor_is_the_persons(self, client):
        user = StaffFactory()
        TOTP.activate(user, generate_totp_secret())
        sign_in(client, user.username)

        client.post(FACTOR, {"code": "123456"})

        event = SecurityEvent.objects.get()
        assert (event.kind, event.person_id) == (Kind.FACTOR_FAILED, user.pk)
        assert "123456" not in everything()

    def test_the_clients_address_stands_there_behind_a_proxy(self, client, user, settings):
        settings.TRUSTED_PROXIES = ["10.0.0.1"]
        client.defaults["HTTP_X_FORWARDED_FOR"] = "1.1.1.1, 198.51.100.4"

        sign_in(client, user.username, address="10.0.0.1")

        assert SecurityEvent.objects.get().address == "198.51.100.4"


class TestChanges:
    def test_of_the_password(self, client, user):
        client.force_login(user)

        fields = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
        client.post(CHANGE, fields)

        assert kinds()[0] == Kind.PASSWORD_CHANGED
        assert NEW not in everything()

    def test_of_the_password_by_mail(self, client, user):
        User.objects.filter(pk=user.pk).update(email="fang@example.com")
        client.post(RESET, {"email": "fang@example.com"})
        send_reset_mails()
        [path] = [word for word in mail.outbox[0].body.split() if "/key/" in word]
        page = client.get(path[path.index("/accounts") :], follow=True)
        client.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})

        assert kinds()[:2] == [Kind.RESET_ASKED, Kind.PASSWORD_RESET]
        assert "fang@example.com" not in everything()

    def test_of_the_second_factor(self, client):
        user = StaffFactory()
        client.force_login(user)
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        TOTP.activate(user, generate_totp_secret())

        client.post("/accounts/2fa/totp/deactivate/")

        event = SecurityEvent.objects.get(kind=Kind.FACTOR_REMOVED)
        assert (event.person_id, event.detail) == (user.pk, "totp")

    def test_a_wrong_password_while_signed_in(self, client, user):
        client.force_login(user)

        client.post("/accounts/reauthenticate/", {"password": "wrong"})

        assert kinds() == [Kind.CHECK_FAILED]


class TestRefusedPages:
    def test_of_staff_without_the_right(self, client):
        user = StaffFactory(support=True)
        client.force_login(user)

        assert client.get("/admin/audit/securityevent/?q=secret").status_code == 403

        event = SecurityEvent.objects.get()
        assert (event.kind, event.person_id) == (Kind.PAGE_REFUSED, user.pk)
        assert event.detail == "GET /admin/audit/securityevent/"

    def test_of_a_partners_person_at_the_admin(self, client, user):
        client.force_login(user)

        client.get("/admin/users/user/")

        assert kinds() == [Kind.PAGE_REFUSED]

    def test_of_staff_in_the_portal(self, client):
        client.force_login(StaffFactory())

        client.get("/recharges/")

        assert kinds() == [Kind.PAGE_REFUSED]

    def test_of_strangers_are_the_access_logs(self, client):
        client.get("/admin/")
        Client(enforce_csrf_checks=True).post("/accounts/login/")

        assert kinds() == []


class TestAdmin:
    def test_the_administrator_sees_and_filters_them_in_chinese(self, client, user):
        sign_in(Client(), user.username, "wrong")
        sign_in(Client(), user.username)
        client.force_login(StaffFactory())

        page = client.get("/admin/audit/securityevent/?kind__exact=LOGIN_FAILED").content.decode()

        assert "安全事件" in page
        assert HOME in page
        assert page.count(user.username) == 1

    def test_one_is_found_by_its_address(self, client, user):
        sign_in(Client(), user.username, "wrong", address="198.51.100.4")
        client.force_login(StaffFactory(auditor=True))

        page = client.get("/admin/audit/securityevent/?q=198.51.100.4").content.decode()

        assert user.username in page
