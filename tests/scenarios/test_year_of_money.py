"""A year of credits, hour by hour: what is due when, what the clock shows, and who was late."""

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import accumulate

import pytest

from apps.common import working_time
from apps.common.clock import SHANGHAI
from apps.common.models import OutboxEvent, SpecialDay
from apps.recharges.models import BankEntry, RechargePolicy
from apps.recharges.queries import money as queries
from apps.recharges.queries import same_day
from apps.recharges.services import bank_entries, late_credits, matches, reversals
from tests.factories.partners import AccountFactory
from tests.factories.rates import RateVersionFactory
from tests.factories.users import StaffFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FIRST = datetime(2026, 1, 1, tzinfo=SHANGHAI)
HALF_HOUR, HOUR = timedelta(minutes=30), timedelta(hours=1)
HALF_HOURS = 365 * 48
LINES = 150


def days(*spans):
    """Return the days of spans such as 02-15/02-23."""
    found = set()
    for span in spans:
        first, last = (date.fromisoformat(f"2026-{day}") for day in span.split("/"))
        found |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return found


# The State Council's notice for 2026.
HOLIDAYS = days(
    "01-01/01-03", "02-15/02-23", "04-04/04-06", "05-01/05-05", "06-19/06-21", "09-25/09-27",
    "10-01/10-07",
)  # fmt: skip
WORKED = {date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9),
          date(2026, 9, 20), date(2026, 10, 10)}  # fmt: skip
# What staff entered: a day without power, and a Saturday that was worked instead.
POWER_CUT, INSTEAD = date(2026, 3, 11), date(2026, 3, 14)
NEW_CUT_OFF_FROM = datetime(2026, 7, 1, tzinfo=SHANGHAI)


def is_worked(day):
    if day in {POWER_CUT, INSTEAD}:
        return day == INSTEAD
    return day in WORKED or (day.weekday() < 5 and day not in HOLIDAYS)


def is_worked_half_hour(number):
    moment = FIRST + number * HALF_HOUR
    is_open = time(9) <= moment.time() < time(12) or time(13, 30) <= moment.time() < time(18)
    return is_open and is_worked(moment.date())


# How many half hours are worked before each of the year; the last days lead into the next.
WORKED_BEFORE = [0, *accumulate(is_worked_half_hour(n) for n in range(HALF_HOURS + 20 * 48))]


def worked_between(start, end):
    """Return the working time between two moments on the half hour, below zero when turned round."""
    first, last = ((each - FIRST) // HALF_HOUR for each in (start, end))
    return (WORKED_BEFORE[last] - WORKED_BEFORE[first]) * HALF_HOUR


def due_of(found):
    """Return the end of the day on which money is to be credited, counted day by day."""
    cut_off = time(15) if found >= NEW_CUT_OFF_FROM else time(17)
    day = found.date()
    if not is_worked(day) or found.time() >= cut_off:
        day += timedelta(days=1)
        while not is_worked(day):
            day += timedelta(days=1)
    return datetime.combine(day, time(18), tzinfo=SHANGHAI)


@dataclass
class Watched:
    """A credit whose clock runs since it was found."""

    entry: BankEntry
    found: datetime
    settled: datetime | None = None


class Year:
    """Money comes, is credited, put aside, forgotten, or booked wrongly; all by chance."""

    def __init__(self, chance):
        self._chance = chance
        self._people = [StaffFactory(finance=True).as_actor() for _ in range(3)]
        self._account = AccountFactory()
        self._planned = defaultdict(list)
        self.watched = []
        for number in range(LINES):
            self._plan(FIRST + chance.randrange(HALF_HOURS - 48) * HALF_HOUR, self._find, number)

    def happen(self, moment):
        """Do what is planned for a moment."""
        for act, subject in self._planned.pop(moment, ()):
            act(subject, moment)

    def _plan(self, moment, act, subject):
        self._planned[moment].append((act, subject))

    def _find(self, number, moment):
        entry = bank_entries.enter(
            bank_account="0200004519020000123", serial=str(number), payer="北京青禾软件有限公司",
            amount_yuan=Decimal(100), received_at=moment, by=self._people[0], at=moment,
        )  # fmt: skip
        self._watch(entry, moment)

    def _watch(self, entry, moment):
        watched = Watched(entry, moment)
        self.watched.append(watched)
        patience = self._chance.choice([4, 10, 40, 100, 300])
        after = self._chance.randrange(patience) * HALF_HOUR
        act = self._chance.choice([self._credit, self._credit, self._return])
        if moment.month < 12 or self._chance.random() < 0.5:
            self._plan(moment + after + HALF_HOUR, act, watched)

    def _credit(self, watched, moment):
        match = matches.confirm(
            bank_entry_ids=[watched.entry.pk], remittance_ids=[], account_id=self._account.pk,
            by=self._people[1], at=moment,
        )  # fmt: skip
        self._settle(watched, moment)
        if self._chance.random() < 0.15:
            self._plan(moment + 7 * HOUR, self._take_back, match.recharges.get())

    def _return(self, watched, moment):
        bank_entries.mark_returned(
            bank_entry_id=watched.entry.pk, by=self._people[1], reason="付款人有误", at=moment
        )
        self._settle(watched, moment)

    def _settle(self, watched, moment):
        watched.entry.refresh_from_db()
        watched.settled = moment

    def _take_back(self, recharge, moment):
        asked = reversals.request(
            recharge_id=recharge.pk, cause="BOOKED_WRONGLY", reason="记错账户",
            by=self._people[1], at=moment,
        )  # fmt: skip
        reversals.approve(reversal_id=asked.pk, by=self._people[2], at=moment)
        self._watch(BankEntry.objects.get(pk=recharge.bank_entry_id), moment)


@pytest.fixture
def year():
    RateVersionFactory(starts_at=datetime(2025, 12, 1, tzinfo=UTC))
    SpecialDay.objects.create(day=POWER_CUT, is_working=False, name="停电")
    SpecialDay.objects.create(day=INSTEAD, is_working=True, name="补班")
    working_time.forget_calendar()
    return Year(random.Random(2026))


def check_clocks(watched, now):
    """Look at every clock that runs, as the dashboard does."""
    for each in watched:
        clock, due = same_day.clock_of(each.entry, at=now), due_of(each.found)
        assert each.entry.due_at == due
        assert (clock.left, clock.is_late) == (worked_between(now, due), now > due)
        assert (clock.tone == "late") == (now > due)


def live(year):
    """Let every half hour happen; look at all clocks, and for breaches, on the hour."""
    for number in range(HALF_HOURS):
        moment = FIRST + number * HALF_HOUR
        if moment == NEW_CUT_OFF_FROM:
            RechargePolicy.objects.update_or_create(pk=1, defaults={"cut_off": time(15)})
        year.happen(moment)
        if moment.minute == 0:
            late_credits.notice(at=moment)
            check_clocks([each for each in year.watched if not each.settled], moment)


def test_every_credit_is_due_in_time_and_each_breach_is_listed_once(year):
    live(year)

    end = FIRST + HALF_HOURS * HALF_HOUR
    late = sorted(
        (each.entry.pk, due_of(each.found))
        for each in year.watched
        if due_of(each.found) < (each.settled or end - HOUR)
    )
    listed = same_day.breaches().order_by("bank_entry", "due_at")
    assert [(each.bank_entry_id, each.due_at) for each in listed] == late
    assert all(each.noticed_at - each.due_at == HOUR for each in listed)
    assert OutboxEvent.objects.filter(name="recharge.overdue").count() == len(late)
    assert LINES < 5 * len(late) < 4 * LINES
    assert len(year.watched) > LINES  # some were booked wrongly, and their clock ran anew
    assert queries.money_in_totals().is_balanced
