"""The clock of judging runs in working time: nine to twelve, half past one to six."""

from datetime import datetime

import pytest

from apps.common.clock import SHANGHAI
from apps.reviews import timing

pytestmark = pytest.mark.django_db


def at(day, hour, minute=0):
    """Return a moment in March 2026, whose second is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("submitted", "due"),
    [
        (at(2, 9), at(2, 11)),
        (at(2, 11), at(2, 14, 30)),
        (at(6, 17), at(9, 10)),
    ],
    ids=["morning", "over noon", "over the weekend"],
)
def test_is_due_after_two_working_hours(submitted, due):
    assert timing.due_after(submitted) == due


@pytest.mark.parametrize(
    ("urged", "earliest"),
    [
        (None, at(2, 10)),
        (at(2, 12), at(2, 14, 30)),
        (at(6, 17, 30), at(9, 9, 30)),
    ],
    ids=["first", "over noon", "over the weekend"],
)
def test_may_be_urged_after_a_working_hour(urged, earliest):
    assert timing.urgeable_from(submitted_at=at(2, 9), urged_at=urged) == earliest
