"""Sessions of staff end with the working day, and everywhere when something of the person changes."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.test import Client
from django.urls import reverse

from apps.audit.actors import SYSTEM
from apps.common import clock
from apps.users.choices import StaffRole
from apps.users.proposals import Approval
from apps.users.services import staff
from tests.factories.partners import MembershipFactory
from tests.factories.users import PASSWORD, StaffFactory

pytestmark = pytest.mark.django_db
NEW = "Baiyun-Shan-4711"


def browser_of(person):
    client = Client()
    client.force_login(person)
    return client


def is_in(client, address="/admin/"):
    return client.get(address).status_code == 200


class TestHours:
    @pytest.fixture(autouse=True)
    def _eight_hours(self, settings):
        settings.STAFF_SESSION_HOURS = 8

    def test_ends_with_the_day_however_busy(self):
        client, began = browser_of(StaffFactory()), clock.now()

        with time_machine.travel(began, tick=False) as time:
            seen = []
            for _half_hour in range(17):
                seen.append(is_in(client))
                time.shift(timedelta(minutes=30))

        assert seen == [True] * 16 + [False]

    def test_a_shorter_day_holds_for_those_signed_in(self, settings):
        client, began = browser_of(StaffFactory()), clock.now()
        assert is_in(client)

        settings.STAFF_SESSION_HOURS = 1
        with time_machine.travel(began + timedelta(minutes=61)):
            assert not is_in(client)

    def test_begins_anew_with_the_next_sign_in(self):
        person = StaffFactory()
        client, began = browser_of(person), clock.now()
        assert is_in(client)

        with time_machine.travel(began + timedelta(hours=9)):
            seen = [is_in(client)]
            client.force_login(person)
            seen += [is_in(client), is_in(client)]

        assert seen == [False, True, True]

    def test_partners_people_stay(self):
        client = browser_of(MembershipFactory().user)
        assert is_in(client, "/")

        with time_machine.travel(clock.now() + timedelta(hours=9)):
            assert is_in(client, "/")


def change_by_form(person):
    browser_of(person).post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )


def forget(person):
    browser = Client()
    start = reverse("account_reset_password_from_key", args=key_of(person))
    form = browser.get(start).headers["Location"]
    browser.post(form, {"password1": NEW, "password2": NEW})


def key_of(person):
    return [user_pk_to_url_str(person), default_token_generator.make_token(person)]


def shut_out_and_let_in(person):
    staff.shut_out(user_id=person.pk, by=SYSTEM, reason="在休假")
    staff.let_in(user_id=person.pk, by=SYSTEM, reason="已返岗")


def change_role(person):
    staff.change_role(user_id=person.pk, role=StaffRole.AUDITOR, by=SYSTEM, reason="调岗")


def approved(payload):
    return Approval(payload=payload, by=SYSTEM, at=clock.now(), reason="调岗", relaxed=())


def change_role_by_two(person):
    staff.change_role_approved(approved({"user_id": person.pk, "role": StaffRole.FINANCE.value}))


def reset_by_two(person):
    staff.reset_password_approved(approved({"user_id": person.pk}))


class TestEverySessionEnds:
    @pytest.mark.parametrize(
        "change",
        [
            change_by_form,
            forget,
            change_role,
            change_role_by_two,
            reset_by_two,
            shut_out_and_let_in,
            lambda person: staff.reset_password(user_id=person.pk, by=SYSTEM),
            lambda person: staff.shut_out(user_id=person.pk, by=SYSTEM, reason="已离职"),
        ],
        ids=[
            "new password",
            "forgotten",
            "role",
            "role by two",
            "reset by two",
            "out and in",
            "reset",
            "shut out",
        ],
    )
    def test_of_staff(self, change):
        person = StaffFactory(staff_role=StaffRole.SUPPORT)
        open_ones = [browser_of(person), browser_of(person)]
        colleague = browser_of(StaffFactory())
        before = [is_in(client) for client in open_ones]

        change(person)

        assert before == [True, True]
        assert [is_in(client) for client in open_ones] == [False, False]
        assert is_in(colleague)

    @pytest.mark.parametrize("change", [change_by_form, forget])
    def test_of_a_partners_person(self, change):
        person = MembershipFactory().user
        person.set_password(PASSWORD)
        person.save()
        client = browser_of(person)
        assert is_in(client, "/")

        change(person)

        assert not is_in(client, "/")

    def test_the_one_in_which_the_password_was_changed_too(self):
        client = browser_of(StaffFactory())

        client.post(
            reverse("account_change_password"),
            {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
        )

        assert not is_in(client)
