"""The log of security events: who, when, from where, and bounded whatever floods it."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.db.models import Sum

from apps.audit import security
from apps.audit.choices import SecurityEventKind as Kind
from apps.audit.models import SecurityEvent
from apps.audit.security import Occurrence
from apps.common import clock
from tests.racing import race


def record(kind=Kind.LOGIN_FAILED, **facts):
    security.record(Occurrence(kind=kind, **{"person": "li.na", "address": "203.0.113.7", **facts}))


@pytest.mark.django_db
class TestRecord:
    def test_says_who_from_where_and_when(self):
        record(person_id=7, agent="Firefox", detail="x")

        event = SecurityEvent.objects.get()
        assert (event.kind, event.person_id, event.person) == ("LOGIN_FAILED", 7, "li.na")
        assert (event.address, event.agent, event.detail) == ("203.0.113.7", "Firefox", "x")
        assert abs(event.last_at - clock.now()) < timedelta(seconds=30)

    @pytest.mark.parametrize(
        "facts", [{"person": "o"}, {"address": "::1"}, {"agent": "curl"}, {"kind": Kind.LIMITED}]
    )
    def test_keeps_different_events_apart(self, facts):
        record()
        record(**facts)

        assert [event.count for event in SecurityEvent.objects.all()] == [1, 1]

    def test_a_flood_of_different_names_makes_a_bounded_number_of_rows(self):
        for number in range(260):
            record(person=f"name{number}")
        record(kind=Kind.SIGNED_IN)

        events = SecurityEvent.objects.filter(kind=Kind.LOGIN_FAILED)
        assert events.count() <= 204
        assert events.aggregate(total=Sum("count"))["total"] == 260
        assert events.get(person="").count >= 55
        assert SecurityEvent.objects.get(kind=Kind.SIGNED_IN).person == "li.na"

    def test_takes_whatever_a_client_writes(self):
        record(person="a\0b\nc" * 99, agent="\u202e" + "x" * 9999, detail="\r\n" + "é" * 999)

        event = SecurityEvent.objects.get()
        assert event.person.startswith("abcabc")
        assert event.agent == "x" * 119

    def test_logs_one_line_for_repetitions(self, caplog):
        for _time in range(5):
            record()

        [line] = [entry.getMessage() for entry in caplog.records]
        assert "security.event" in line
        assert "203.0.113.7" in line


@pytest.mark.django_db(transaction=True)
def test_events_of_one_minute_are_counted_exactly_however_many_come_at_once():
    race(*[record] * 16)

    assert SecurityEvent.objects.aggregate(total=Sum("count"))["total"] == 16
    assert SecurityEvent.objects.count() <= 2  # The minute may have turned.


@pytest.mark.django_db
class TestKeeping:
    @pytest.mark.parametrize(
        "change",
        [
            lambda events: events.update(person="somebody else"),
            lambda events: events.update(minute=clock.now()),
            lambda events: events.delete(),
        ],
    )
    def test_nobody_changes_or_deletes_what_was_written(self, change):
        record()

        with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
            change(SecurityEvent.objects.all())

    def test_old_events_are_swept(self, settings):
        record()
        old = SecurityEvent.objects.get()
        SecurityEvent.objects.create(
            kind=old.kind,
            digest="old",
            count=1,
            minute=clock.now() - timedelta(days=181),
            last_at=clock.now() - timedelta(days=181),
        )

        assert security.forget_old() == 1
        assert SecurityEvent.objects.get().pk == old.pk
