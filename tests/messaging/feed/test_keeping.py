"""Days of changes: made ahead, dropped after a week."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.messaging.feed import keeping

pytestmark = pytest.mark.django_db
NEW_YEAR = datetime(2031, 12, 31, 16, 30, tzinfo=UTC)  # half past midnight in Shanghai


def test_today_and_the_next_three_days_are_made_once():
    assert keeping.ensure_partitions(NEW_YEAR) == [
        f"messaging_statuschange_2032_01_0{day}" for day in (1, 2, 3, 4)
    ]
    assert keeping.ensure_partitions(NEW_YEAR) == []


def test_a_day_is_dropped_when_nothing_of_it_is_kept():
    keeping.ensure_partitions(NEW_YEAR)
    keeping.drop_old(NEW_YEAR)  # the days that the migrations made

    assert keeping.drop_old(NEW_YEAR + timedelta(days=8)) == ["messaging_statuschange_2032_01_01"]
    assert keeping.drop_old(NEW_YEAR + timedelta(days=8)) == []
