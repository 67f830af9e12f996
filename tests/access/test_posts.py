"""Forms by everybody, at every address: who may not look may not send, and writes nothing."""

import re
from contextlib import contextmanager

import pytest
from django.db import connection

from tests.access.addresses import ROUTES, address_of
from tests.access.expected import EXPECTED
from tests.access.expected_posts import MAY_SEND
from tests.access.visitors import (
    ANONYMOUS,
    OTHER,
    VISITORS,
    browser_of,
    credentials_of,
    software_of,
)
from tests.access.world import undone

pytestmark = pytest.mark.slow
OTHER_METHODS = ("put", "patch", "delete", "head", "options", "trace")
NEW = dict.fromkeys(("password1", "password2", "new_password1", "new_password2"), "Baiyun-4711")
WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)', re.IGNORECASE)
# What is kept of whoever comes, let in or not: the session, what was tried, what was refused.
KEPT_OF_ALL = {"django_session", "common_counter", "audit_securityevent"}


@contextmanager
def written():
    """Collect the tables that are written inside, and whether a password is."""
    tables = set()

    def watch(execute, sql, params, many, context):
        if found := WRITE.match(str(sql)):
            tables.add(found[1])
            if re.search(r'UPDATE "users_user" SET .*"password" =', str(sql)):
                tables.add("a password")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tables


def may_not(route):
    """Everybody whom the tables refuse."""
    if route in MAY_SEND:
        return [visitor for visitor in VISITORS if visitor not in MAY_SEND[route]]
    refused = {"login", "forbidden", "refused"}
    return [visitor for visitor in VISITORS if EXPECTED[route][visitor] in refused]


def words_of(visitor, world):
    person = world.people[visitor] or world.people["staff ADMINISTRATOR"]
    return credentials_of(person) | NEW | {"next": "/"}


def test_every_address_that_takes_only_a_form_is_listed():
    only_forms = {route for route in ROUTES if set(EXPECTED[route].values()) == {"method"}}

    assert only_forms == set(MAY_SEND)


@pytest.mark.parametrize("route", ROUTES)
def test_who_may_not_writes_nothing(route, world):
    address = address_of(route, world)

    wrong = {}
    for visitor in may_not(route):
        with undone(), written() as tables:
            response = browser_of(visitor, world).post(address, words_of(visitor, world))
        if response.status_code not in {302, 401, 403, 404, 405} or tables - KEPT_OF_ALL:
            wrong[visitor] = (response.status_code, tables - KEPT_OF_ALL)

    assert wrong == {}


@pytest.mark.parametrize("route", ROUTES)
def test_whoever_may_is_told_what_is_wrong(route, world):
    address, refused = address_of(route, world), may_not(route)
    visitor = next((each for each in VISITORS if each not in refused), None)
    browser = browser_of(visitor, world) if visitor else software_of(world)

    with undone(), written() as tables:
        response = browser.post(address, words_of(visitor or ANONYMOUS, world))

    assert response.status_code < 500 or EXPECTED[route][ANONYMOUS] == "unready"
    assert ("a password" in tables) == (route == "account_change_password")


@pytest.mark.parametrize("route", ROUTES)
def test_no_other_method_fails_or_writes(route, world):
    address = address_of(route, world)

    wrong = {}
    for method in OTHER_METHODS:
        for visitor in (ANONYMOUS, OTHER):
            with undone(), written() as tables:
                response = getattr(browser_of(visitor, world), method)(address)
            fails = response.status_code >= 500 and EXPECTED[route][visitor] != "unready"
            if fails or tables - KEPT_OF_ALL:
                wrong[method, visitor] = (response.status_code, tables - KEPT_OF_ALL)

    assert wrong == {}
