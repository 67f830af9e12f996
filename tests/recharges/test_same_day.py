"""The clock of agreement clause 11: when money is due, how long is left, and each breach once."""

from datetime import datetime, time, timedelta

import pytest

from apps.audit.actors import SYSTEM
from apps.common.clock import SHANGHAI
from apps.common.models import OutboxEvent, SpecialDay
from apps.recharges.models import BankEntry, LateCredit, RechargePolicy
from apps.recharges.queries import same_day
from apps.recharges.services import bank_entries, late_credits, recharges, reversals
from tests.factories.recharges import BankEntryFactory, RechargeFactory
from tests.factories.users import StaffFactory
from tests.racing import race

pytestmark = pytest.mark.django_db


def at(text):
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


FOUND, DUE = at("06-01T10:00"), at("06-01T18:00")  # a Monday
TUESDAY = at("06-02T09:00")


@pytest.fixture
def entry():
    return BankEntryFactory(entered_at=FOUND)


def put_back(entry, moment):
    return bank_entries.mark_returned(bank_entry_id=entry.pk, by=SYSTEM, reason="退回", at=moment)


def told():
    return OutboxEvent.objects.filter(name="recharge.overdue")


class TestDue:
    @pytest.mark.parametrize(
        ("found", "due"),
        [
            pytest.param("06-01T16:59:59", "06-01T18:00", id="before the cut-off"),
            pytest.param("06-01T17:00", "06-02T18:00", id="at the cut-off"),
            pytest.param("06-05T17:30", "06-08T18:00", id="Friday after it"),
            pytest.param("06-06T09:00", "06-08T18:00", id="on a Saturday"),
        ],
    )
    def test_goes_by_the_cut_off(self, found, due):
        assert same_day.due_at(at(found)) == at(due)

    def test_goes_by_the_cut_off_that_administrators_set(self):
        RechargePolicy.objects.update_or_create(pk=1, defaults={"cut_off": time(15)})

        assert same_day.due_at(at("06-01T15:00")) == at("06-02T18:00")
        assert same_day.due_at(at("06-01T14:59")) == DUE

    def test_goes_by_the_days_that_staff_entered(self):
        SpecialDay.objects.create(day=FOUND.date(), is_working=False, name="停电")

        assert same_day.due_at(FOUND) == at("06-02T18:00")

    def test_of_money_found_before_is_not_moved_by_another_cut_off(self, entry):
        RechargePolicy.objects.update_or_create(pk=1, defaults={"cut_off": time(9)})

        bank_entries.enter(
            bank_account="1234", serial="1", payer="", amount_yuan=entry.amount_yuan,
            received_at=FOUND, by=SYSTEM, at=FOUND,
        )  # fmt: skip

        dues = BankEntry.objects.order_by("pk").values_list("due_at", flat=True)
        assert list(dues) == [DUE, at("06-02T18:00")]


class TestClock:
    @pytest.mark.parametrize(
        ("now", "hours", "is_late"),
        [
            pytest.param("06-01T10:00", 6.5, False, id="found"),
            pytest.param("06-01T12:30", 4.5, False, id="at noon it stands"),
            pytest.param("06-01T18:00", 0, False, id="at the last moment"),
            pytest.param("06-01T18:01", 0, True, id="after it, in the evening"),
            pytest.param("06-02T10:00", -1, True, id="an hour late"),
        ],
    )
    def test_counts_working_hours(self, entry, now, hours, is_late):
        clock = same_day.clock_of(entry, at=at(now))

        assert (clock.left, clock.is_late) == (timedelta(hours=hours), is_late)

    def test_stops_when_the_money_is_settled(self, entry):
        settled = put_back(entry, at("06-01T15:00"))

        clock = same_day.clock_of(settled, at=at("06-20T10:00"))

        assert (clock.left, clock.is_late) == (timedelta(hours=3), False)

    def test_runs_for_what_is_proposed_and_the_first_due_stands_first(self, entry):
        earlier = RechargeFactory(bank_entry__entered_at=at("05-28T10:00")).bank_entry
        put_back(BankEntryFactory(entered_at=FOUND), FOUND)

        assert list(same_day.running()) == [earlier, entry]

    def test_starts_anew_when_money_was_booked_wrongly(self, entry):
        recharge = RechargeFactory(bank_entry=entry)
        recharges.confirm(recharge_id=recharge.pk, by=SYSTEM, at=FOUND)
        asked = reversals.request(
            recharge_id=recharge.pk, cause="BOOKED_WRONGLY", reason="记错", by=SYSTEM, at=TUESDAY
        )

        reversals.approve(reversal_id=asked.pk, by=SYSTEM, at=TUESDAY)

        entry.refresh_from_db()
        assert (entry.found_at, entry.due_at) == (TUESDAY, at("06-02T18:00"))
        assert not same_day.clock_of(entry, at=TUESDAY).is_late


class TestNotice:
    def test_lists_what_was_not_credited_in_time_and_tells_finance_once(self, entry):
        assert late_credits.notice(at=DUE) == 0
        assert late_credits.notice(at=TUESDAY) == 1
        assert late_credits.notice(at=TUESDAY + timedelta(days=9)) == 0

        breach = same_day.breaches().get()
        assert (breach.bank_entry, breach.due_at, breach.noticed_at) == (entry, DUE, TUESDAY)
        assert told().get().payload["due_at"] == breach.due_at.isoformat()

    def test_lists_what_was_settled_late_though_nobody_looked_meanwhile(self, entry):
        put_back(entry, TUESDAY)

        assert late_credits.notice(at=TUESDAY + timedelta(days=9)) == 1

    def test_lists_nothing_that_was_settled_at_the_last_moment(self, entry):
        put_back(entry, DUE)

        assert late_credits.notice(at=TUESDAY + timedelta(days=9)) == 0

    def test_lists_proposed_money_and_names_the_partner(self):
        recharge = RechargeFactory(bank_entry__entered_at=FOUND)

        late_credits.notice(at=TUESDAY)

        assert told().get().account_id == recharge.account_id

    def test_lists_two_breaches_of_money_that_was_late_twice(self, entry):
        recharge = RechargeFactory(bank_entry=entry)
        recharges.confirm(recharge_id=recharge.pk, by=SYSTEM, at=TUESDAY)
        asked = reversals.request(
            recharge_id=recharge.pk, cause="BOOKED_WRONGLY", reason="记错", by=SYSTEM, at=TUESDAY
        )
        reversals.approve(reversal_id=asked.pk, by=SYSTEM, at=TUESDAY)

        late_credits.notice(at=at("06-03T09:00"))

        dues = LateCredit.objects.order_by("due_at").values_list("due_at", flat=True)
        assert list(dues) == [DUE, at("06-02T18:00")]
        assert told().count() == 2

    def test_goes_on_where_it_stopped(self, monkeypatch):
        monkeypatch.setattr(late_credits, "MOST_AT_ONCE", 2)
        BankEntryFactory.create_batch(3, entered_at=FOUND)

        assert [late_credits.notice(at=TUESDAY) for _ in range(3)] == [2, 1, 0]

    def test_reads_as_much_for_many_lines_in_time_as_for_few(self, django_assert_num_queries):
        BankEntryFactory.create_batch(20, entered_at=FOUND)

        with django_assert_num_queries(1):
            late_credits.notice(at=DUE)


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_two_workers_at_once_list_a_breach_once(self):
        BankEntryFactory.create_batch(3, entered_at=FOUND)

        answers = race(*[lambda: late_credits.notice(at=TUESDAY)] * 2)

        assert sum(answers) == LateCredit.objects.count() == told().count() == 3

    def test_credited_in_the_moment_of_looking_it_is_listed_once(self):
        recharge = RechargeFactory(bank_entry__entered_at=FOUND)
        person = StaffFactory(finance=True).as_actor()

        race(
            lambda: late_credits.notice(at=TUESDAY),
            lambda: recharges.confirm(recharge_id=recharge.pk, by=person, at=TUESDAY),
        )

        late_credits.notice(at=TUESDAY)
        assert LateCredit.objects.count() == told().count() == 1
