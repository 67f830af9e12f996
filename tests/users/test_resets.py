"""A forgotten password: what a stranger learns, and where the mail leads."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.common import form_keys
from apps.users.services import resets
from apps.users.tasks import mail_reset_links
from tests.factories.users import StaffFactory

pytestmark = pytest.mark.django_db
# What every drawing of a form makes anew: Django's token and the form's key.
MADE_ANEW = re.compile(rf'name="(csrfmiddlewaretoken|{form_keys.FIELD})" value="[^"]+"')
FORM = "/accounts/password/reset/"
FORGED = [
    {"HTTP_HOST": "evil.example"},
    {"HTTP_HOST": "evil.example:8443"},
    {"HTTP_X_FORWARDED_HOST": "evil.example"},
    {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_X_FORWARDED_PORT": "81"},
    {"HTTP_FORWARDED": "host=evil.example"},
]


@pytest.fixture(autouse=True)
def _portal(settings):
    settings.PORTAL_URL = "https://portal.example.com"
    cache.clear()


def handed_to_the_worker():
    name = mail_reset_links.name
    return [job.args for job in ProcrastinateJob.objects.filter(task_name=name).order_by("pk")]


def ask(client, email, **headers):
    return client.post(FORM, {"email": email}, **headers)


class TestAsking:
    def test_is_answered_alike_whoever_is_meant(self):
        StaffFactory(email="known@example.com")

        pages = set()
        for email in ("known@example.com", "other@example.com"):
            browser = Client()
            answer = ask(browser, email)
            assert answer.headers["Location"] == f"{FORM}done/"
            page = browser.get(f"{FORM}done/").content.decode().replace(email, "")
            pages.add(MADE_ANEW.sub("", page))

        assert len(pages) == 1

    def test_takes_the_same_path_whoever_is_meant(self, client):
        StaffFactory(email="known@example.com")

        for name in ("known", "unknown"):
            ask(client, f"{name}@example.com")

        assert handed_to_the_worker() == [
            {"email": "known@example.com"},
            {"email": "unknown@example.com"},
        ]
        assert mail.outbox == []


class TestMail:
    def test_goes_to_nobody_unknown(self):
        resets.mail_links(email="unknown@example.com")

        assert mail.outbox == []

    def test_goes_to_nobody_shut_out(self):
        StaffFactory(email="out@example.com", is_active=False)

        resets.mail_links(email="out@example.com")

        assert mail.outbox == []

    def test_leads_to_the_portal_and_sets_a_password(self, client):
        person = StaffFactory(email="known@example.com")

        resets.mail_links(email="KNOWN@example.com")

        [letter] = mail.outbox
        [link] = [word for word in letter.body.split() if "/reset/key/" in word]
        address = link.removeprefix("https://portal.example.com")
        form = client.get(address).headers["Location"]
        client.post(form, {"password1": "Baiyun-Shan-4711", "password2": "Baiyun-Shan-4711"})
        person.refresh_from_db()
        assert person.check_password("Baiyun-Shan-4711")

    @pytest.mark.parametrize("headers", FORGED)
    def test_knows_nothing_of_the_requests_host(self, client, headers):
        StaffFactory(email="known@example.com")

        ask(client, "known@example.com", **headers)
        for args in handed_to_the_worker():
            mail_reset_links(**args)

        [letter] = mail.outbox
        assert "evil" not in str(letter.message())
        assert "https://portal.example.com/accounts/password/reset/key/" in letter.body

    @pytest.mark.parametrize("headers", FORGED)
    def test_that_confirms_an_address_knows_nothing_of_it_either(self, client, headers):
        client.force_login(StaffFactory())

        client.post("/accounts/email/", {"action_add": "", "email": "new@example.com"}, **headers)

        assert all("evil" not in str(letter.message()) for letter in mail.outbox)
        assert [letter for letter in mail.outbox if "https://portal.example.com/" in letter.body]
