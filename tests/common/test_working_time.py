from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common import working_time
from apps.common.clock import SHANGHAI
from apps.common.models import SpecialDay
from apps.common.working_time.rules import WorkingCalendar

CALENDAR = WorkingCalendar()


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        pytest.param("2025-01-28", False, id="eve of the Spring Festival"),
        pytest.param("2025-01-26", True, id="Sunday worked before the Spring Festival"),
        pytest.param("2025-02-04", False, id="last day of the Spring Festival"),
        pytest.param("2025-02-05", True, id="first day after it"),
        pytest.param("2025-02-08", True, id="Saturday worked after it"),
        pytest.param("2025-10-08", False, id="eighth day of National Day with Mid-Autumn"),
        pytest.param("2026-01-02", False, id="Friday of New Year"),
        pytest.param("2026-01-04", True, id="Sunday worked for New Year"),
        pytest.param("2026-02-14", True, id="Saturday worked before the Spring Festival"),
        pytest.param("2026-02-17", False, id="Spring Festival"),
        pytest.param("2026-02-24", True, id="Tuesday after it"),
        pytest.param("2026-05-09", True, id="Saturday worked for Labour Day"),
        pytest.param("2026-09-25", False, id="Mid-Autumn"),
        pytest.param("2026-10-10", True, id="Saturday worked for National Day"),
        pytest.param("2026-10-11", False, id="an ordinary Sunday"),
        pytest.param("2039-10-03", True, id="a Monday of a year nobody knows yet"),
        pytest.param("2039-10-01", False, id="a Saturday of such a year"),
    ],
)
def test_days(day, is_worked):
    assert CALENDAR.is_working_day(date.fromisoformat(day)) is is_worked


@pytest.mark.parametrize(
    ("day", "following"),
    [
        ("2026-02-13", "2026-02-14"),
        ("2026-02-14", "2026-02-24"),
        ("2026-09-30", "2026-10-08"),
        ("2026-10-09", "2026-10-10"),
        ("2026-10-10", "2026-10-12"),
    ],
)
def test_next_working_day(day, following):
    assert CALENDAR.next_working_day(date.fromisoformat(day)) == date.fromisoformat(following)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        pytest.param("2026-03-02T09:00", 2, "2026-03-02T11:00", id="within a morning"),
        pytest.param("2026-03-02T11:00", 2, "2026-03-02T14:30", id="over noon"),
        pytest.param("2026-03-02T10:00", 2, "2026-03-02T12:00", id="just until noon"),
        pytest.param("2026-03-02T12:30", 2, "2026-03-02T15:30", id="from noon"),
        pytest.param("2026-03-06T17:00", 1, "2026-03-06T18:00", id="just until the week's end"),
        pytest.param("2026-03-06T17:00", 2, "2026-03-09T10:00", id="over a weekend"),
        pytest.param("2026-02-13T17:30", 2, "2026-02-14T10:30", id="into a worked Saturday"),
        pytest.param("2026-02-14T17:30", 2, "2026-02-24T10:30", id="over the Spring Festival"),
        pytest.param("2026-03-07T03:00", 0, "2026-03-07T03:00", id="no time at all"),
    ],
)
def test_add(start, hours, due):
    assert CALENDAR.add(at(start), timedelta(hours=hours)) == at(due)


def test_no_negative_time_is_added():
    with pytest.raises(ValueError, match="-1 day"):
        CALENDAR.add(at("2026-03-02T09:00"), timedelta(hours=-1))


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        pytest.param("2026-03-02T09:00", "2026-03-02T18:00", 7.5, id="a day"),
        pytest.param("2026-03-06T17:00", "2026-03-09T10:00", 2, id="over a weekend"),
        pytest.param("2026-02-14T18:00", "2026-02-24T09:00", 0, id="the Spring Festival"),
        pytest.param("2026-03-02T15:00", "2026-03-02T14:00", -1, id="an hour late"),
        pytest.param("2026-03-02T12:10", "2026-03-02T13:10", 0, id="noon"),
    ],
)
def test_between(start, end, hours):
    assert CALENDAR.between(at(start), at(end)) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("found", "due"),
    [
        pytest.param("2026-03-02T08:00", "2026-03-02T18:00", id="before the office opens"),
        pytest.param("2026-03-02T15:59", "2026-03-02T18:00", id="before the cut-off"),
        pytest.param("2026-03-02T16:00", "2026-03-03T18:00", id="at the cut-off"),
        pytest.param("2026-03-06T17:00", "2026-03-09T18:00", id="Friday after it"),
        pytest.param("2026-03-07T10:00", "2026-03-09T18:00", id="on a Saturday"),
        pytest.param("2026-02-14T15:00", "2026-02-14T18:00", id="on a worked Saturday"),
        pytest.param("2026-02-14T16:30", "2026-02-24T18:00", id="after it, before the festival"),
        pytest.param("2026-10-03T10:00", "2026-10-08T18:00", id="in the holidays"),
    ],
)
def test_same_day_due(found, due):
    assert CALENDAR.same_day_due(at(found), time(16)) == at(due)


def test_a_cut_off_after_closing_time_counts_as_closing_time():
    assert CALENDAR.same_day_due(at("2026-03-02T19:00"), time(20)) == at("2026-03-03T18:00")


FIRST = datetime(2025, 1, 1, tzinfo=UTC)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=900)).map(lambda passed: FIRST + passed)
SHORT = st.timedeltas(timedelta(0), timedelta(hours=100))


@given(start=MOMENTS, working=SHORT)
def test_the_time_between_is_the_time_added(start, working):
    assert CALENDAR.between(start, CALENDAR.add(start, working)) == working


@given(moments=st.lists(MOMENTS, min_size=2, max_size=2).map(sorted), working=SHORT)
def test_what_begins_later_is_not_due_earlier(moments, working):
    first, second = moments

    assert CALENDAR.add(first, working) <= CALENDAR.add(second, working)


@given(start=MOMENTS, durations=st.lists(SHORT, min_size=2, max_size=2).map(sorted))
def test_what_takes_longer_is_not_due_earlier(start, durations):
    short, long = durations

    assert CALENDAR.add(start, short) <= CALENDAR.add(start, long)


@given(found=MOMENTS, cut_off=st.times())
def test_money_is_due_at_the_end_of_a_working_day_and_later(found, cut_off):
    due = CALENDAR.same_day_due(found, cut_off).astimezone(SHANGHAI)

    assert due > found
    assert due.time() == time(18)
    assert CALENDAR.is_working_day(due.date())


@pytest.mark.django_db
class TestLoadCalendar:
    def test_lets_staff_overrule_the_published_days(self):
        SpecialDay.objects.create(day=date(2026, 3, 2), is_working=False, name="停电")
        SpecialDay.objects.create(day=date(2026, 3, 7), is_working=True, name="补班")

        calendar = working_time.load_calendar()

        assert not calendar.is_working_day(date(2026, 3, 2))
        assert calendar.is_working_day(date(2026, 3, 7))

    def test_takes_the_hours_from_the_settings(self, settings):
        settings.WORKING_HOURS = [(time(8), time(10))]

        due = working_time.load_calendar().add(at("2026-03-02T09:00"), timedelta(hours=2))

        assert due == at("2026-03-03T09:00")

    def test_reads_the_days_once_for_many(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            working_time.load_calendar()
            working_time.load_calendar()
