"""A year of pledges, day by day: every warning once, every end on its day."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from apps.common import clock
from apps.common.models import OutboxEvent
from apps.pledges.services.kinds import PLEDGES
from apps.reviews import tasks
from apps.reviews.errors import NotEndedError
from apps.reviews.services import ends
from tests.factories.pledges import PledgeFactory

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 1, 1, 1, tzinfo=UTC)  # 09:00 in Shanghai


def told(name):
    """Return the days on which something was told, and what it said of the days left."""
    return [
        (clock.local_date(event.created_at), event.payload.get("days"))
        for event in OutboxEvent.objects.filter(name=name).order_by("pk")
    ]


def run_daily(*, first=NINE, days=370, step=1):
    for day in range(0, days, step):
        with time_machine.travel(first + timedelta(days=day), tick=False):
            tasks.watch_ends(timestamp=0)


class TestAYear:
    def test_warns_thirty_seven_and_one_day_ahead_and_expires_on_the_day(self):
        pledge = PledgeFactory(approved=True, valid_until=date(2026, 12, 1))

        run_daily()

        pledge.refresh_from_db()
        assert told("pledge.expiring") == [
            (date(2026, 11, 1), 30),
            (date(2026, 11, 24), 7),
            (date(2026, 11, 30), 1),
        ]
        assert told("pledge.expired") == [(date(2026, 12, 1), None)]
        assert pledge.status == "EXPIRED"

    def test_tells_nothing_twice_within_a_day(self):
        pledge = PledgeFactory(approved=True, valid_until=date(2026, 1, 8))

        for hour in range(5):
            ends.warn(PLEDGES, pledge.pk, at=NINE + timedelta(hours=hour))

        assert told("pledge.expiring") == [(date(2026, 1, 1), 7)]

    def test_catches_up_after_days_on_which_nothing_ran(self):
        PledgeFactory(approved=True, valid_until=date(2026, 12, 1))

        run_daily(step=33)

        assert told("pledge.expiring") == [(date(2026, 11, 27), 4)]

    def test_is_silent_about_one_that_is_renewed(self):
        old = PledgeFactory(approved=True, valid_until=date(2026, 12, 1))
        PledgeFactory(approved=True, customer=old.customer, valid_until=date(2027, 12, 1))

        run_daily(days=340)

        assert told("pledge.expiring") == []
        assert [day for day, _days in told("pledge.expired")] == [date(2026, 12, 1)]

    def test_warns_where_the_renewal_leaves_a_gap(self):
        old = PledgeFactory(approved=True, valid_until=date(2026, 12, 1))
        PledgeFactory(
            approved=True,
            customer=old.customer,
            valid_from=date(2026, 12, 2),
            valid_until=date(2027, 12, 2),
        )

        run_daily(days=340)

        assert [days for _day, days in told("pledge.expiring")] == [30, 7, 1]

    def test_the_day_is_that_of_shanghai(self):
        pledge = PledgeFactory(approved=True, valid_until=date(2026, 12, 1))
        before_midnight = datetime(2026, 11, 30, 15, 59, tzinfo=UTC)

        with pytest.raises(NotEndedError):
            ends.expire(PLEDGES, pledge.pk, at=before_midnight)
        ends.expire(PLEDGES, pledge.pk, at=before_midnight + timedelta(minutes=1))

        pledge.refresh_from_db()
        assert pledge.ended_at == before_midnight + timedelta(minutes=1)

    def test_says_until_when(self):
        pledge = PledgeFactory(approved=True, valid_until=date(2026, 1, 8))

        ends.warn(PLEDGES, pledge.pk, at=NINE)

        payload = OutboxEvent.objects.get().payload
        assert (payload["customer"], payload["valid_until"]) == (
            pledge.customer.name,
            "2026-01-08",
        )
