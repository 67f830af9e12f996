"""A flood of wrong keys is cheap, is seen, and stops nobody who has a right one."""

import httpx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.audit.choices import SecurityEventKind as Kind
from apps.audit.models import SecurityEvent
from apps.partners.choices import KeyMode
from tests.factories.senders import SEND, make_caller
from tests.racing import race

WRONG = "sk_live_unknown1." + "x" * 32
BALANCE = "/api/v1/balance"


def ask(key, address="203.0.113.7", path=BALANCE, **headers):
    headers["Authorization"] = f"Bearer {key}"
    return Client().get(path, headers=headers, REMOTE_ADDR=address)


def flood(count=21, address="203.0.113.7"):
    return [ask(WRONG.replace("1.", f"{n % 10}."), address).status_code for n in range(count)]


@pytest.mark.django_db
class TestFlood:
    def test_is_told_to_wait_after_twenty(self, db):
        assert flood(22) == [401] * 20 + [429] * 2

        answer = ask(WRONG)
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["code"] == "too_many_wrong_keys"
        assert "203.0.113.7" in answer.json()["detail"]
        assert 1 <= int(answer["Retry-After"]) <= 15

    def test_is_one_whichever_door_it_knocks_at(self, caller):
        flood(10, "127.0.0.1")
        for _time in range(10):
            caller.post(SEND, Authorization=f"Bearer {WRONG}")

        assert caller.post(SEND, Authorization=f"Bearer {WRONG}").status_code == 429
        assert flood(1, "127.0.0.1") == [429]

    def test_does_not_concern_other_addresses(self):
        flood()

        assert ask(WRONG, "198.51.100.1").status_code == 401

    def test_costs_no_look_at_the_database_for_what_was_refused(self, django_assert_num_queries):
        flood()
        ask(WRONG)

        for hopeless in (WRONG, "hunter2", "sk_live_short", "x" * 5000):
            ask(hopeless)
            with django_assert_num_queries(0):
                assert ask(hopeless).status_code == 429

    def test_costs_one_look_for_an_unknown_key(self, django_assert_num_queries):
        flood()

        with django_assert_num_queries(1):
            assert ask("sk_live_another1." + "x" * 32).status_code == 429


@pytest.mark.django_db
class TestValidKeys:
    def test_work_on_from_the_same_address(self, caller):
        flood(address="127.0.0.1")

        assert caller.get(BALANCE).status_code == 200
        assert caller.post(SEND).status_code == 202

    def test_that_this_process_never_saw_work_on_too(self, db):
        flood(address="127.0.0.1")

        assert make_caller().get(BALANCE).status_code == 200

    def test_cost_nothing_more_once_seen(self, caller):
        with CaptureQueriesContext(connection) as before:
            caller.get(BALANCE)
        flood(address="127.0.0.1")
        caller.get(BALANCE)

        with CaptureQueriesContext(connection) as after:
            assert caller.get(BALANCE).status_code == 200
        assert len(after) == len(before)

    def test_guessing_a_secret_to_a_known_prefix_is_refused(self, caller):
        flood(address="127.0.0.1")

        other = caller.plain[:-1] + ("a" if caller.plain[-1] != "a" else "b")
        answer = caller.get(BALANCE, Authorization=f"Bearer {other}")

        assert answer.status_code == 429

    def test_of_a_stolen_kind_are_counted_from_strange_addresses(self, db):
        caller = make_caller(allowed_networks=("198.51.100.0/24",))

        statuses = [ask(caller.plain).status_code for _ in range(21)]

        assert statuses == [403] * 20 + [429]
        assert ask(caller.plain, "198.51.100.9").status_code == 200

    def test_right_ones_are_never_counted(self, caller):
        assert {caller.get(BALANCE).status_code for _ in range(25)} == {200}


@pytest.mark.django_db
class TestEvents:
    def test_name_the_public_part_and_never_the_secret(self, caller):
        ask(f"{caller.plain}x")

        event = SecurityEvent.objects.get()
        assert (event.kind, event.address) == (Kind.KEY_REFUSED, "203.0.113.7")
        assert event.detail == f"{caller.plain.partition('.')[0]} invalid_key"

    @pytest.mark.parametrize("sent", ["hunter2", "sk_live_hunter2", "sk_live_hunter2hunter2"])
    def test_show_nothing_of_what_is_no_key(self, sent):
        ask(sent)

        assert SecurityEvent.objects.get().detail == "? invalid_key"

    def test_say_why(self, caller):
        caller.key.revoked = True
        caller.key.save()

        ask(caller.plain)

        assert SecurityEvent.objects.get().detail.endswith(" revoked_key")

    def test_of_a_flood_are_few(self):
        flood(60)

        limited = SecurityEvent.objects.filter(kind=Kind.LIMITED)
        assert [event.detail for event in limited] == ["api.wrong_keys"]
        assert SecurityEvent.objects.count() <= 24

    def test_a_missing_key_is_no_guess(self, client):
        for _time in range(25):
            assert client.get(BALANCE).status_code == 401

        assert not SecurityEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_thirty_two_wrong_ones_at_once_are_counted_exactly():
    answers = race(*[lambda: ask(WRONG).status_code] * 32)

    assert answers.count(401) == 20
    assert answers.count(429) == 12


@pytest.mark.slow
def test_two_processes_count_together(server):
    """Ask the real server, whose two processes share nothing but the database."""
    headers = {"Authorization": f"Bearer {WRONG}"}
    statuses = [httpx.get(f"{server.url}{BALANCE}", headers=headers).status_code for _ in range(40)]

    assert statuses.count(401) == 20


def test_a_test_key_is_a_key_too(caller):
    sandbox = make_caller(caller.account, mode=KeyMode.TEST)
    flood(address="127.0.0.1")

    assert sandbox.get(BALANCE).status_code == 200
