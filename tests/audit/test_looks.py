"""Who looked at what is written once and stays."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from apps.audit.actors import SYSTEM
from apps.audit.looks import record_look, record_look_once
from apps.audit.models import Look
from apps.audit.queries import history_of
from apps.common import clock
from tests.factories.partners import PartnerFactory
from tests.factories.users import StaffFactory

pytestmark = pytest.mark.django_db


def look(obj, at=None, by=SYSTEM, **texts):
    return record_look_once("files.view", obj, by=by, at=at or clock.now(), **texts)


def test_a_look_stands_in_the_history_of_its_row_alone():
    partner, other = PartnerFactory(), PartnerFactory()
    before = len(history_of(other))

    record_look("files.view", partner, by=SYSTEM, at=clock.now(), detail="执照", reason="核对")

    newest = history_of(partner)[0]
    assert str(newest.act).endswith(" · 执照")
    assert (newest.actor, newest.reason, newest.changes) == ("system", "核对", [])
    assert len(history_of(other)) == before


def test_looks_of_one_sitting_are_one():
    partner = PartnerFactory()
    at = clock.now()

    assert look(partner, at) is not None
    assert look(partner, at + timedelta(minutes=9)) is None
    assert look(partner, at + timedelta(minutes=20)) is not None


@pytest.mark.parametrize("change", ["row", "person", "part"])
def test_another_look_is_another(change):
    partner = PartnerFactory()
    look(partner)

    again = {
        "row": lambda: look(PartnerFactory()),
        "person": lambda: look(partner, by=StaffFactory().as_actor()),
        "part": lambda: look(partner, detail="第二份"),
    }[change]()

    assert again is not None


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_nobody_changes_what_was_written(verb):
    look(PartnerFactory())
    looks = Look.objects.all()

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        {"update": lambda: looks.update(actor="somebody else"), "delete": looks.delete}[verb]()
