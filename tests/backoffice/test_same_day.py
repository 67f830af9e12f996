import csv
import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from apps.audit.actors import SYSTEM
from apps.backoffice.same_day import pages as reading
from apps.recharges.models import LateCredit
from apps.recharges.services import bank_entries, late_credits, recharges, reversals
from apps.users.choices import StaffRole
from tests.factories.recharges import (
    BankEntryFactory,
    LateCreditFactory,
    RechargeFactory,
)
from tests.factories.users import StaffFactory

pytestmark = pytest.mark.django_db
PAGE, EXPORT = "/admin/same-day/", "/admin/same-day.csv"
MONDAY_10 = datetime(2026, 6, 1, 2, tzinfo=UTC)  # 10:00 in Shanghai
HOUR = timedelta(hours=1)


@pytest.fixture
def finance(staff):
    return staff(StaffRole.FINANCE)


def found(at, **fields):
    return BankEntryFactory(entered_at=at, **fields)


def page_at(client, at, **asked):
    with time_machine.travel(at, tick=False):
        client.force_login(client.user)
        return client.get(PAGE, asked)


def late(*months):
    """Return one breach in each of some months of 2026."""
    return [found_late(datetime(2026, month, 10, 2, tzinfo=UTC)) for month in months]


def found_late(at):
    return LateCreditFactory(bank_entry=found(at))


class TestRunning:
    def test_what_is_due_first_comes_first(self, finance):
        tomorrow = found(MONDAY_10 + 12 * HOUR)
        today = found(MONDAY_10)

        rows = page_at(finance, MONDAY_10).context["rows"]

        assert [row.entry for row in rows] == [today, tomorrow]

    @pytest.mark.parametrize(
        ("hours_later", "left_minutes", "tone"),
        [
            pytest.param(0, 390, "calm", id="10:00, before the noon break"),
            pytest.param(3, 270, "calm", id="13:00, in the noon break"),
            pytest.param(6, 120, "calm", id="16:00, two hours are not few yet"),
            pytest.param(7, 60, "soon", id="17:00"),
            pytest.param(8, 0, "soon", id="18:00, the last moment"),
            pytest.param(9, 0, "late", id="19:00, closed: late, though no working time has passed"),
            pytest.param(24, -60, "late", id="10:00 of the next day"),
        ],
    )
    def test_shows_the_working_time_that_is_left(self, finance, hours_later, left_minutes, tone):
        found(MONDAY_10)

        (row,) = page_at(finance, MONDAY_10 + hours_later * HOUR).context["rows"]

        assert row.clock.left == timedelta(minutes=left_minutes)
        assert row.clock.tone == tone

    def test_tells_what_waits_for_a_second_person(self, finance):
        recharge = RechargeFactory()
        found(MONDAY_10)

        response = page_at(finance, MONDAY_10)

        proposed = {row.entry: row.proposed for row in response.context["rows"]}
        assert proposed[recharge.bank_entry] == recharge
        assert list(proposed.values()).count(None) == 1
        assert f"/admin/approvals/#purchase-{recharge.pk}" in response.text

    def test_leaves_out_what_is_settled(self, finance):
        BankEntryFactory(matched=True)
        BankEntryFactory(returned=True)

        assert page_at(finance, MONDAY_10).context["rows"] == []

    def test_money_booked_wrongly_runs_anew_and_is_not_proposed(self, finance):
        recharge = recharges.confirm(recharge_id=RechargeFactory().pk, by=SYSTEM, at=MONDAY_10)
        take_back(recharge, at=MONDAY_10 + 24 * HOUR)

        (row,) = page_at(finance, MONDAY_10 + 24 * HOUR).context["rows"]

        assert row.proposed is None
        assert row.entry.found_at == MONDAY_10 + 24 * HOUR


def take_back(recharge, *, at):
    asked = reversals.request(
        recharge_id=recharge.pk,
        cause="BOOKED_WRONGLY",
        reason="记到了别的账户",
        by=StaffFactory(finance=True).as_actor(),
        at=at,
    )
    reversals.approve(reversal_id=asked.pk, by=SYSTEM, at=at)


class TestTotals:
    def test_adds_up_what_waits_is_due_today_and_is_late(self, db):
        found(MONDAY_10 - 72 * HOUR, amount_yuan=Decimal("100.10"))
        found(MONDAY_10, amount_yuan=Decimal("20.20"))
        found(MONDAY_10 + 8 * HOUR, amount_yuan=Decimal("3.30"))

        totals = reading.totals(MONDAY_10 + 8 * HOUR - timedelta(seconds=1))

        assert totals.waiting == reading.Money(count=3, yuan=Decimal("123.60"))
        assert totals.today == reading.Money(count=1, yuan=Decimal("20.20"))
        assert totals.late == reading.Money(count=1, yuan=Decimal("100.10"))

    def test_the_home_counts_the_same(self, db):
        found(MONDAY_10 - 72 * HOUR)
        found(MONDAY_10)
        RechargeFactory(bank_entry__entered_at=MONDAY_10)

        counts = reading.clock_counts(MONDAY_10)

        assert (counts["free"], counts["purchases"]) == (2, 1)
        assert (counts["today"], counts["late"]) == (2, 1)
        assert counts["next_due_at"] == MONDAY_10 + 8 * HOUR

    def test_a_line_that_was_taken_back_twice_counts_once(self, db):
        entry = RechargeFactory(reversed=True, bank_entry__status="UNMATCHED").bank_entry
        RechargeFactory(reversed=True, bank_entry=entry)

        assert reading.clock_counts(MONDAY_10)["free"] == 1


class TestBreaches:
    def test_are_counted_by_month(self, finance):
        late(4, 5, 5)

        context = page_at(finance, MONDAY_10).context

        assert context["months"] == [(date(2026, 5, 1), 2), (date(2026, 4, 1), 1)]
        assert (context["this_month_count"], context["all_count"]) == (0, 3)

    def test_are_listed_newest_first_or_of_a_month(self, finance):
        april, may = late(4, 5)

        everything = page_at(finance, MONDAY_10).context["breaches"]
        of_april = page_at(finance, MONDAY_10, month="2026-04").context["breaches"]

        assert [each.late for each in everything] == [may, april]
        assert [each.late for each in of_april] == [april]

    @pytest.mark.parametrize("month", ["2026-13", "x", "", "2026"])
    def test_a_month_that_is_none_counts_as_not_asked(self, finance, month):
        late(4)

        assert len(page_at(finance, MONDAY_10, month=month).context["breaches"]) == 1

    def test_say_how_late_it_is_while_it_waits(self, finance):
        breach = found_late(MONDAY_10)

        (shown,) = page_at(finance, breach.due_at + 16 * HOUR).context["breaches"]

        assert (shown.settled_at, shown.minutes_late) == (None, 60)

    def test_say_when_it_was_put_aside_in_the_end(self, finance):
        breach = found_late(MONDAY_10)
        at = breach.due_at + 16 * HOUR
        bank_entries.discard(bank_entry_id=breach.bank_entry_id, by=SYSTEM, reason="利息", at=at)

        (shown,) = page_at(finance, at + 24 * HOUR).context["breaches"]

        assert (shown.settled_at, shown.minutes_late) == (at, 60)

    def test_say_of_an_earlier_run_when_that_one_ended(self, finance):
        recharge = RechargeFactory(bank_entry__entered_at=MONDAY_10)
        credited_at = recharge.bank_entry.due_at + 16 * HOUR
        recharges.confirm(recharge_id=recharge.pk, by=SYSTEM, at=credited_at)
        late_credits.notice(at=credited_at)
        take_back(recharge, at=credited_at + 24 * HOUR)

        (shown,) = page_at(finance, credited_at + 48 * HOUR).context["breaches"]

        assert LateCredit.objects.count() == 1
        assert (shown.settled_at, shown.minutes_late) == (credited_at, 60)

    def test_are_exported_as_asked(self, finance):
        late(4, 5)

        response = finance.get(EXPORT, {"month": "2026-04"})

        text = b"".join(response.streaming_content).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        assert len(rows) == 2
        assert rows[1][0].startswith("2026-04")
        assert "late-credits-2026-04" in response["Content-Disposition"]


class TestMatching:
    def test_shows_the_clock_of_each_line(self, finance):
        found(MONDAY_10)
        with time_machine.travel(MONDAY_10 + 7 * HOUR, tick=False):
            finance.force_login(finance.user)
            ((_row, clock),) = finance.get("/admin/matching/").context["rows"]

        assert (clock.tone, clock.left) == ("soon", HOUR)


class TestQueries:
    def test_asks_the_database_as_often_for_many_as_for_few(
        self, finance, django_assert_max_num_queries
    ):
        for rows in (2, 20):
            RechargeFactory.create_batch(rows)
            LateCreditFactory.create_batch(rows)
            with django_assert_max_num_queries(20):
                finance.get(PAGE)
