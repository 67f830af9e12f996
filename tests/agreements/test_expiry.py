"""Two years pass in steps: every warning once, the end on its day, sending by the date."""

from datetime import UTC, date, datetime, timedelta

import pytest

from apps.agreements.models import Agreement, ExpiryWarning
from apps.agreements.services import expiry
from apps.common.models import OutboxEvent
from tests.factories.agreements import NEW_YEAR, AgreementFactory
from tests.factories.senders import SEND, make_caller
from tests.racing import race

pytestmark = pytest.mark.django_db
END = date(2027, 1, 1)


def pass_the_clock(first, last, *, step=timedelta(days=1)):
    """Let the hourly task run at every step of some time."""
    at = first
    while at <= last:
        expiry.expire_due(at=at)
        expiry.warn_due(at=at)
        at += step


def told():
    """Return what was published, as (day in Shanghai, event, days left)."""
    return sorted(
        (
            (event.created_at + timedelta(hours=8)).date().isoformat(),
            event.name,
            event.payload.get("days"),
        )
        for event in OutboxEvent.objects.all()
    )


class TestAYear:
    def test_warns_once_each_and_ends_on_its_day(self):
        AgreementFactory(active=True, ends_on=END)

        pass_the_clock(NEW_YEAR, NEW_YEAR + timedelta(days=400))

        assert told() == [
            ("2026-11-02", "agreement.expiring", 60),
            ("2026-12-02", "agreement.expiring", 30),
            ("2026-12-25", "agreement.expiring", 7),
            ("2027-01-01", "agreement.expired", None),
        ]
        assert Agreement.objects.get().status == "EXPIRED"

    @pytest.mark.parametrize("hours", [7, 37, 24 * 3])
    def test_is_the_same_however_often_the_task_runs(self, hours):
        AgreementFactory(active=True, ends_on=END)

        first = datetime(2026, 10, 25, tzinfo=UTC)
        pass_the_clock(first, first + timedelta(days=75), step=timedelta(hours=hours))

        assert [name for _day, name, _left in told()] == ["agreement.expiring"] * 3 + [
            "agreement.expired"
        ]

    def test_a_renewal_takes_over_without_a_warning(self):
        old = AgreementFactory(active=True, ends_on=END)
        renewal = AgreementFactory(
            active=True, partner=old.partner, renews=old, starts_on=END, ends_on="2028-01-01"
        )

        pass_the_clock(NEW_YEAR, NEW_YEAR + timedelta(days=2 * 365 + 20), step=timedelta(days=2))

        statuses = dict(Agreement.objects.values_list("pk", "status"))
        assert statuses == {old.pk: "SUPERSEDED", renewal.pk: "EXPIRED"}
        assert [name for _day, name, _left in told()] == [
            "agreement.superseded",
            *["agreement.expiring"] * 3,
            "agreement.expired",
        ]

    def test_stops_and_resumes_sending_by_the_day_alone(self, time_machine):
        caller = make_caller()
        partner = caller.account.partner
        partner.agreements.update(starts_on=date(2026, 1, 1), ends_on=END)
        statuses = []

        for moment in ("2025-12-31T15:59", "2025-12-31T16:00", "2026-12-31T15:59"):
            time_machine.move_to(datetime.fromisoformat(f"{moment}+00:00"))
            statuses.append(caller.post(SEND).status_code)
        time_machine.move_to(datetime(2026, 12, 31, 16, tzinfo=UTC))
        refused = caller.post(SEND)
        pass_the_clock(datetime(2026, 12, 31, 16, tzinfo=UTC), datetime(2027, 1, 2, tzinfo=UTC))
        AgreementFactory(partner=partner, active=True, starts_on=date(2027, 1, 3))
        time_machine.move_to(datetime(2027, 1, 2, 16, tzinfo=UTC))
        resumed = caller.post(SEND)

        assert statuses == [403, 202, 202]
        assert (refused.status_code, refused.json()["code"]) == (403, "agreement_inactive")
        assert resumed.status_code == 202


class TestMissedDays:
    def test_are_made_up_for_once(self):
        AgreementFactory(active=True, ends_on=END)

        pass_the_clock(datetime(2026, 12, 10, tzinfo=UTC), datetime(2026, 12, 20, tzinfo=UTC))

        assert told() == [("2026-12-10", "agreement.expiring", 22)]
        assert set(ExpiryWarning.objects.values_list("days", flat=True)) == {60, 30}

    def test_do_not_hide_the_next_warning(self):
        AgreementFactory(active=True, ends_on=END)

        pass_the_clock(datetime(2026, 12, 10, tzinfo=UTC), datetime(2026, 12, 30, tzinfo=UTC))

        assert [left for _day, _name, left in told()] == [22, 7]

    def test_a_warning_before_it_came_into_force_was_never_due(self):
        AgreementFactory(active=True, ends_on=END, activated_at=datetime(2026, 11, 20, tzinfo=UTC))

        pass_the_clock(datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 12, 30, tzinfo=UTC))

        assert [left for _day, _name, left in told()] == [30, 7]


class TestExpireDue:
    @pytest.mark.parametrize(
        ("at", "count"),
        [
            (datetime(2026, 12, 31, 15, 59, tzinfo=UTC), 0),
            (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), 1),  # midnight in Shanghai
        ],
    )
    def test_expires_on_the_day_in_shanghai(self, at, count):
        AgreementFactory(active=True, ends_on=END)
        AgreementFactory(active=True)

        assert expiry.expire_due(at=at) == count
        assert Agreement.objects.filter(status="EXPIRED", ended_at=at).count() == count


@pytest.mark.django_db(transaction=True)
class TestTwoWorkers:
    def test_warn_once(self):
        AgreementFactory(active=True, ends_on=END)
        at = datetime(2026, 12, 26, tzinfo=UTC)

        race(*[lambda: expiry.warn_due(at=at)] * 2)

        assert len(told()) == 1
