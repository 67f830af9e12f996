"""The table of separations, pair by pair: every earlier act with every later one, through every door."""

from contextlib import nullcontext, suppress

import pytest
from django.test import Client
from django.urls import reverse

from apps.audit.queries import relaxed_acts
from apps.audit.separations import SEPARATIONS, SeparationError
from tests.factories.users import StaffFactory
from tests.separations.deeds import DEEDS

pytestmark = pytest.mark.django_db

PAIRS = [
    (row, act, before)
    for row in SEPARATIONS.values()
    for act in sorted(row.acts)
    for before in sorted(row.not_after)
]
DOORS = [
    pytest.param(row, act, before, door, id=f"{before}-{act}-{door}")
    for row, act, before in PAIRS
    for door in DEEDS[act].doors
]


@pytest.fixture(autouse=True)
def _kept_here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def staff(deed):
    traits = {} if deed.role == "administrator" else {deed.role: True}
    return StaffFactory(**traits)


def go(deed, door, person, thing):
    """Try the act through a door; a service says no by its error, a page by a sentence."""
    client = Client()
    client.force_login(person)
    with suppress(SeparationError) if door == "service" else nullcontext():
        deed.doors[door](client, person, thing)


def state(deed, thing):
    if type(thing).objects.filter(pk=thing.pk).exists():
        thing.refresh_from_db()
    return deed.state(thing)


@pytest.mark.parametrize(("_row", "act", "before", "door"), DOORS)
def test_one_person_never_does_both(_row, act, before, door):
    deed = DEEDS[act]
    person = staff(deed)
    thing = deed.make(before, person)
    unchanged = state(deed, thing)

    go(deed, door, person, thing)

    assert state(deed, thing) == unchanged


@pytest.mark.parametrize(
    ("_row", "act", "before", "door"),
    [each for each in DOORS if tuple(each.values[2:]) not in DEEDS[each.values[1]].only_own],
)
def test_another_person_does(_row, act, before, door):
    deed = DEEDS[act]
    thing = deed.make(before, staff(deed))
    unchanged = state(deed, thing)

    go(deed, door, staff(deed), thing)

    assert state(deed, thing) != unchanged


RELAXED = [
    pytest.param(row, act, before, id=f"{before}-{act}")
    for row, act, before in PAIRS
    if row.is_relaxable
]


@pytest.mark.parametrize(("row", "act", "before"), RELAXED)
def test_where_the_row_is_relaxed_one_person_does_and_the_record_says_so(
    settings, row, act, before
):
    settings.RELAXED_SEPARATIONS = frozenset({row.name})
    deed = DEEDS[act]
    person = staff(deed)
    thing = deed.make(before, person)
    unchanged = state(deed, thing)

    go(deed, "service", person, thing)

    assert state(deed, thing) != unchanged
    assert relaxed_acts(thing)[0].relaxed == (row.name,)


@pytest.mark.parametrize(
    ("row", "act", "before"),
    [pytest.param(*each, id=f"{each[2]}-{each[1]}") for each in PAIRS if not each[0].is_relaxable],
)
def test_a_row_that_may_not_be_relaxed_is_not(settings, row, act, before):
    settings.RELAXED_SEPARATIONS = frozenset({row.name})
    deed = DEEDS[act]
    person = staff(deed)
    thing = deed.make(before, person)
    unchanged = state(deed, thing)

    go(deed, "service", person, thing)

    assert state(deed, thing) == unchanged


def test_an_administrator_who_approves_only_by_relaxation_leaves_it_on_record(settings, client):
    settings.RELAXED_SEPARATIONS = frozenset({"administrator-approves"})
    administrator = StaffFactory()
    deed = DEEDS["recharges.confirm"]
    thing = deed.make("bank_entries.enter", StaffFactory(finance=True))
    client.force_login(administrator)
    address = reverse("admin:recharges_recharge_confirm", args=[thing.pk])
    dialog = client.get(address).text

    deed.doors["admin"](client, administrator, thing)

    page = client.get(reverse("admin:recharges_recharge_change", args=[thing.pk])).text
    assert relaxed_acts(thing)[0].relaxed == ("administrator-approves",)
    assert "administrator-approves" in dialog
    assert "administrator-approves" in page


def test_an_administrator_approves_no_money_without_it():
    deed = DEEDS["recharges.confirm"]
    thing = deed.make("bank_entries.enter", StaffFactory(finance=True))

    for door in ("admin", "page", "bulk"):
        go(deed, door, StaffFactory(), thing)

    assert deed.state(thing) == 0
