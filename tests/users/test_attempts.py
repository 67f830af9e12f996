"""Guessing is bounded, whoever guesses from wherever, and nobody is shut out by it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.db.models import F
from django.test import Client
from django.urls import get_resolver
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.audit.choices import SecurityEventKind as Kind
from apps.audit.models import SecurityEvent
from apps.common import clock
from apps.common.models import Counter
from apps.users import devices
from apps.users.attempts import DOORS
from apps.users.models import User
from apps.users.tasks import mail_reset_links
from tests.factories.partners import MembershipFactory
from tests.factories.users import PASSWORD, StaffFactory, UserFactory
from tests.users.test_factors import code_of

LOGIN = "/accounts/login/"
FACTOR = "/accounts/2fa/authenticate/"
CHANGE = "/accounts/password/change/"
RESET = "/accounts/password/reset/"
HOME = "203.0.113.7"


def send_reset_mails():
    """Do what the worker does with the mails that were asked for."""
    for job in ProcrastinateJob.objects.filter(task_name=mail_reset_links.name):
        mail_reset_links(**job.args)


def pass_time(seconds):
    Counter.objects.update(free_at=F("free_at") - timedelta(seconds=seconds))


def sign_in(client, name, password=PASSWORD, address=HOME):
    form = {"login": name, "password": password}
    return client.post(LOGIN, form, REMOTE_ADDR=address)


def sign_out(client):
    client.post("/accounts/logout/")  # The test client's own way forgets all cookies.


def is_in(client):
    return "_auth_user_id" in client.session


def guesses(name, addresses, each=1, password="wrong"):
    """Guess from a new browser at every address; return the statuses."""
    return [
        sign_in(Client(), name, password, address).status_code
        for address in addresses
        for _time in range(each)
    ]


@pytest.fixture
def user():
    return MembershipFactory().user


@pytest.mark.django_db
class TestPassword:
    def test_a_sixth_wrong_one_from_an_address_is_refused_even_if_right(self, client, user):
        assert guesses(user.username, [HOME], each=5) == [200] * 5

        answer = sign_in(client, user.username)

        assert answer.status_code == 429
        assert 50 < int(answer["Retry-After"]) <= 60
        assert not is_in(client)

    def test_the_page_says_in_chinese_how_long_to_wait(self, client, user):
        guesses(user.username, [HOME], each=5)

        page = sign_in(client, user.username).content.decode()

        assert "尝试次数过多" in page
        assert "秒" in page

    def test_another_attempt_is_free_after_a_minute(self, client, user):
        guesses(user.username, [HOME], each=5)
        pass_time(61)

        sign_in(client, user.username)

        assert is_in(client)

    def test_right_ones_are_not_counted(self, user):
        for _day in range(40):
            client = Client()
            sign_in(client, user.username)
            assert is_in(client)

    def test_other_people_at_the_address_are_not_concerned(self, client, user):
        guesses(user.username, [HOME], each=5)

        sign_in(client, MembershipFactory().user.username)

        assert is_in(client)

    def test_an_address_does_not_try_one_password_on_everybody(self, client):
        names = [UserFactory().username for _ in range(31)]

        statuses = [sign_in(Client(), name, "Summer2026!").status_code for name in names]

        assert statuses == [200] * 30 + [429]

    def test_a_network_that_one_person_has_counts_as_one_address(self, user):
        addresses = [f"2001:db8:1:2::{number:x}" for number in range(6)]

        assert guesses(user.username, addresses) == [200] * 5 + [429]

    def test_guessing_from_a_thousand_addresses_is_bounded(self, user):
        addresses = [f"198.51.{number // 250}.{number % 250}" for number in range(40)]

        assert guesses(user.username, addresses).count(200) == 30

    @pytest.mark.parametrize("typed", ["{}", " {} ", "upper"])
    def test_a_name_counts_as_the_person_whom_it_means(self, user, typed):
        name = user.username.upper() if "upper" in typed else typed.format(user.username)

        assert guesses(user.username, [HOME], each=5) == [200] * 5
        assert guesses(name, [HOME]) == [429]

    def test_a_name_without_an_account_is_limited_alike(self):
        assert guesses("nobody.here", [HOME], each=6) == [200] * 5 + [429]

    @pytest.mark.parametrize("name", ["", "x" * 5000, "李娜"])
    def test_whatever_is_typed_is_answered(self, client, name):
        assert sign_in(client, name, "wrong").status_code in {200, 400}


@pytest.mark.django_db
class TestLockOut:
    """A stranger uses up every share of a person; the person signs in all the same."""

    def attack(self, name):
        addresses = [f"198.51.100.{number}" for number in range(40)]
        guesses(name, addresses)
        guesses(name, [HOME], each=6)

    def test_who_signed_in_here_before_gets_in_through_an_attack(self, client, user):
        sign_in(client, user.username)
        sign_out(client)
        self.attack(user.username)

        sign_in(client, user.username)

        assert is_in(client)

    def test_and_from_the_very_address_that_is_used_up(self, client, user):
        sign_in(client, user.username)
        sign_out(client)
        for _person in range(31):
            sign_in(Client(), UserFactory().username, "wrong")

        sign_in(client, user.username)

        assert is_in(client)

    def test_a_new_password_by_mail_makes_a_browser_a_known_one(self, client, user):
        User.objects.filter(pk=user.pk).update(email="fang@example.com")
        self.attack(user.username)
        assert sign_in(client, user.username).status_code == 429

        client.post(RESET, {"email": "fang@example.com"})
        send_reset_mails()
        [path] = [word for word in mail.outbox[0].body.split() if "/key/" in word]
        page = client.get(path[path.index("/accounts") :], follow=True)
        password = "another horse battery staple"
        fields = {"password1": password, "password2": password}
        client.post(page.redirect_chain[-1][0], fields)
        sign_in(client, user.username, password)

        assert is_in(client)

    def test_a_known_browser_is_limited_too(self, client, user):
        sign_in(client, user.username)
        sign_out(client)

        statuses = [sign_in(client, user.username, "wrong").status_code for _ in range(12)]

        assert statuses == [200] * 10 + [429] * 2

    def test_a_browser_known_to_one_person_is_a_strangers_to_another(self, client, user):
        sign_in(client, MembershipFactory().user.username)
        sign_out(client)
        self.attack(user.username)

        assert sign_in(client, user.username).status_code == 429

    @pytest.mark.parametrize("cookie", ["", "x", "eyJpZCI6IngiLCJwZW9wbGUiOlsxXX0:1:x"])
    def test_nobody_makes_such_a_cookie(self, client, user, cookie):
        self.attack(user.username)
        client.cookies[devices.COOKIE] = cookie

        assert sign_in(client, user.username).status_code == 429

    def test_the_password_alone_makes_no_browser_known(self, client):
        user = StaffFactory()
        TOTP.activate(user, generate_totp_secret())

        sign_in(client, user.username)

        assert devices.COOKIE not in client.cookies

    def test_a_browser_remembers_the_eight_last_people(self, rf, client):
        people = [MembershipFactory().user for _ in range(9)]
        for person in people:
            sign_in(client, person.username)
            sign_out(client)

        request = rf.get("/")
        request.COOKIES[devices.COOKIE] = client.cookies[devices.COOKIE].value
        assert devices.id_of(request, people[0].pk) is None
        assert all(devices.id_of(request, person.pk) for person in people[1:])


@pytest.mark.django_db
class TestSecondFactor:
    @pytest.fixture(autouse=True)
    def _no_code_used_and_none_gone(self):
        """Stop the clock: a code holds for half a minute, and a log-in may take a second of it."""
        cache.clear()
        with time_machine.travel(clock.now(), tick=False):
            yield

    @pytest.fixture
    def secret(self):
        return generate_totp_secret()

    @pytest.fixture
    def staff(self, secret):
        user = StaffFactory()
        TOTP.activate(user, secret)
        return user

    def half_in(self, user, address=HOME):
        client = Client(REMOTE_ADDR=address)
        sign_in(client, user.username, address=address)
        return client

    def test_a_sixth_wrong_code_is_refused(self, staff):
        client = self.half_in(staff)

        statuses = [client.post(FACTOR, {"code": "000000"}).status_code for _ in range(6)]

        assert statuses == [200] * 5 + [429]

    def test_signing_in_again_gives_no_new_attempts(self, staff):
        statuses = [
            self.half_in(staff).post(FACTOR, {"code": "000000"}).status_code for _ in range(6)
        ]

        assert statuses == [200] * 5 + [429]

    def test_guessing_from_many_addresses_is_bounded(self, staff):
        addresses = [f"198.51.100.{number}" for number in range(25)]

        statuses = [
            self.half_in(staff, address).post(FACTOR, {"code": "000000"}).status_code
            for address in addresses
        ]

        assert statuses == [200] * 20 + [429] * 5

    def test_who_signed_in_here_before_gets_in_through_an_attack(self, staff, secret):
        client = self.half_in(staff)
        client.post(FACTOR, {"code": RecoveryCodes.activate(staff).generate_codes()[0]})
        assert is_in(client)
        sign_out(client)
        self.test_guessing_from_many_addresses_is_bounded(staff)

        sign_in(client, staff.username)
        client.post(FACTOR, {"code": code_of(secret)})

        assert is_in(client)

    def test_a_code_opens_once_whatever_process_sees_it(self, staff, secret):
        code = code_of(secret)
        first, second = self.half_in(staff), self.half_in(staff)
        first.post(FACTOR, {"code": code})
        cache.clear()  # As in another process, whose cache knows nothing of it.
        second.post(FACTOR, {"code": code})

        assert is_in(first)
        assert not is_in(second)

    def test_passkeys_are_limited_too(self, staff):
        client = self.half_in(staff)

        posts = [client.post(FACTOR, {"credential": "{}"}).status_code for _ in range(6)]

        assert posts[-1] == 429


@pytest.mark.django_db
class TestSignedIn:
    @pytest.mark.parametrize(
        ("path", "fields"),
        [
            ("/accounts/reauthenticate/", {"password": "wrong"}),
            (CHANGE, {"oldpassword": "wrong", "password1": "x", "password2": "x"}),
        ],
    )
    def test_wrong_passwords_are_limited(self, client, user, path, fields):
        client.force_login(user)

        statuses = [client.post(path, fields).status_code for _ in range(11)]

        assert statuses == [200] * 10 + [429]

    def test_all_pages_that_ask_again_share_one_limit(self, client, user):
        client.force_login(user)
        for _time in range(10):
            client.post("/accounts/reauthenticate/", {"password": "wrong"})

        assert client.post(CHANGE, {"oldpassword": "wrong"}).status_code == 429

    def test_a_new_password_that_is_too_weak_is_no_attempt(self, client, user):
        client.force_login(user)
        fields = {"oldpassword": PASSWORD, "password1": "1", "password2": "1"}

        assert {client.post(CHANGE, fields).status_code for _ in range(12)} == {200}
        assert not SecurityEvent.objects.filter(kind=Kind.CHECK_FAILED).exists()


@pytest.mark.django_db
class TestMails:
    @pytest.mark.parametrize("written", ["fang@example.com", " FANG@Example.COM "])
    def test_a_mailbox_gets_three_an_hour(self, user, written):
        User.objects.filter(pk=user.pk).update(email="fang@example.com")
        for number in range(3):
            Client().post(RESET, {"email": "fang@example.com"}, REMOTE_ADDR=f"198.51.100.{number}")

        answer = Client().post(RESET, {"email": written}, REMOTE_ADDR="198.51.100.9")

        send_reset_mails()
        assert answer.status_code == 429
        assert len(mail.outbox) == 3

    def test_an_address_asks_for_twenty_an_hour(self, client):
        asked = [client.post(RESET, {"email": f"p{n}@example.com"}) for n in range(21)]

        assert [answer.status_code for answer in asked].count(429) == 1

    def test_a_signed_in_person_sends_no_flood_of_mails(self, client, user):
        client.force_login(user)
        page = "/accounts/email/"

        statuses = [
            client.post(page, {"email": f"victim{n}@example.com", "action_add": ""}).status_code
            for n in range(11)
        ]

        assert statuses[-1] == 429
        assert 429 not in statuses[:10]

    def test_guessing_links_is_limited(self, client):
        statuses = [client.get(f"{RESET}key/1-x{n}/").status_code for n in range(21)]

        assert statuses == [200] * 20 + [429]


@pytest.mark.django_db(transaction=True)
class TestTogether:
    def test_thirty_two_at_once_get_no_more_attempts_than_five(self):
        name = UserFactory().username
        barrier = Barrier(32)

        def guess(number):
            client = Client()
            barrier.wait(timeout=20)
            try:
                return sign_in(client, name, f"wrong{number}").status_code
            finally:
                connection.close()

        with ThreadPoolExecutor(32) as pool:
            statuses = sorted(pool.map(guess, range(32)))

        assert statuses == [200] * 5 + [429] * 27


# Pages of signing in that take no secret and send no mail, or that lie behind one that does.
HARMLESS = {
    "account_logout",
    "account_inactive",
    "account_signup",  # Closed.
    "account_email_verification_sent",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "mfa_index",
    "mfa_activate_totp",  # The code is of a secret that the page itself shows.
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
}


def test_every_page_of_signing_in_is_limited_or_known_to_need_no_limit():
    names = {
        name
        for name in get_resolver().reverse_dict
        if isinstance(name, str) and name.startswith(("account_", "mfa_"))
    }

    assert names - HARMLESS == set(DOORS)
