"""How long credit lasts."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.clock import SHANGHAI
from apps.ledger.rules import days_left, window_start

NOON = datetime(2026, 6, 15, 4, tzinfo=UTC)  # 12:00 in Shanghai


def test_the_window_is_the_fourteen_days_that_end_today():
    assert window_start(NOON, SHANGHAI) == date(2026, 6, 2)


@pytest.mark.parametrize(
    ("available", "spent", "since", "days"),
    [
        (1_000, 1_350, date(2026, 6, 2), 10),  # 13.5 days at 100 a day
        (99, 1_350, date(2026, 6, 2), 0),
        (100, 100, date(2026, 6, 15), 1),  # half a day counts as one
        (0, 5, date(2026, 6, 2), 0),
        (1_000, 0, date(2026, 6, 2), None),
        (1_000, -3, date(2026, 6, 2), None),
    ],
    ids=["steady", "less than a day", "since today", "nothing left", "unused", "only refunds"],
)
def test_credit_lasts_at_the_pace_of_late(available, spent, since, days):
    assert days_left(available=available, spent=spent, since=since, at=NOON, zone=SHANGHAI) == days


@given(st.integers(0, 10**9), st.integers(0, 10**6), st.integers(1, 10**9), st.integers(0, 13))
def test_more_credit_never_lasts_shorter(available, more, spent, days):
    since = date(2026, 6, 15) - timedelta(days=days)
    less, longer = (
        days_left(available=left, spent=spent, since=since, at=NOON, zone=SHANGHAI)
        for left in (available, available + more)
    )

    assert less <= longer
