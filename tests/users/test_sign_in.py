import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from tests.factories.partners import MembershipFactory
from tests.factories.users import PASSWORD, StaffFactory

pytestmark = pytest.mark.django_db


def sign_in(client, user, password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": user.username, "password": password, **more})


class TestSignIn:
    def test_takes_staff_to_the_admin(self, client):
        assert sign_in(client, StaffFactory()).headers["Location"] == "/admin/"

    def test_takes_partners_people_to_the_portal(self, client):
        assert sign_in(client, MembershipFactory().user).headers["Location"] == "/"

    def test_goes_where_one_wanted_to_go(self, client):
        response = sign_in(client, MembershipFactory().user, next="/messages/")

        assert response.headers["Location"] == "/messages/"

    def test_never_leaves_the_site(self, client):
        response = sign_in(client, MembershipFactory().user, next="https://evil.example/")

        assert response.headers["Location"] == "/"

    def test_says_in_chinese_that_the_password_is_wrong(self, client):
        response = sign_in(client, MembershipFactory().user, password="wrong")

        assert "用户名" in response.content.decode()
        assert response.status_code == 200

    def test_refuses_the_inactive(self, client):
        user = StaffFactory(is_active=False)

        assert "_auth_user_id" not in client.session
        assert sign_in(client, user).headers.get("Location") != "/admin/"

    def test_the_admins_own_form_is_not_used(self, client):
        response = client.get("/admin/login/?next=/admin/")

        assert response.headers["Location"].startswith("/accounts/login/")

    def test_nobody_signs_up(self, client):
        page = client.get("/accounts/signup/").content.decode()

        assert "不开放注册" in page


class TestSecondFactor:
    @pytest.fixture(autouse=True)
    def _required(self, settings):
        settings.STAFF_SECOND_FACTOR_REQUIRED = True

    def test_staff_without_one_are_sent_to_set_it_up(self, client):
        client.force_login(StaffFactory())

        response = client.get("/admin/partners/partner/", follow=True)

        assert response.redirect_chain[0][0] == "/accounts/2fa/"
        assert "请先设置" in response.content.decode()

    def test_staff_with_one_get_in(self, client):
        user = StaffFactory()
        TOTP.activate(user, generate_totp_secret())
        client.force_login(user)

        assert client.get("/admin/").status_code == 200

    def test_is_asked_for_when_signing_in(self, client):
        user = StaffFactory()
        TOTP.activate(user, generate_totp_secret())

        assert sign_in(client, user).headers["Location"] == "/accounts/2fa/authenticate/"

    def test_partners_people_are_left_alone(self, client):
        client.force_login(MembershipFactory().user)

        assert client.get("/").status_code == 200

    def test_is_not_asked_for_where_it_is_not_required(self, client, settings):
        settings.STAFF_SECOND_FACTOR_REQUIRED = False
        client.force_login(StaffFactory())

        assert client.get("/admin/").status_code == 200
