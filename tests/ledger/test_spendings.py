"""What accounts spend a day, each entry counted once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from apps.ledger import locks, queries
from apps.ledger.choices import About, Bucket, EntryKind
from apps.ledger.models import DailySpending
from apps.ledger.services import spendings
from apps.ledger.services.entries import Movement, post
from apps.partners.models import Account
from tests.factories.partners import AccountFactory
from tests.ledger.conftest import recharge
from tests.racing import race

NOON = datetime(2026, 6, 15, 4, tzinfo=UTC)
MIDNIGHT = datetime(2026, 6, 15, 16, tzinfo=UTC)  # 00:00 of the 16th in Shanghai


def move(account, from_bucket, to_bucket, segments, at):
    movement = Movement(
        kind=EntryKind.CAPTURE, from_bucket=from_bucket, to_bucket=to_bucket, segments=segments,
        about=About.BATCH, about_id="0" * 32, actor="test",
    )  # fmt: skip
    return post(locks.balances([account.pk])[account.pk], movement, at=at)


def spend(account, segments, at=NOON):
    return move(account, Bucket.AVAILABLE, Bucket.SPENT, segments, at)


def days_of(account):
    return dict(DailySpending.objects.filter(account=account).values_list("day", "segments"))


@pytest.mark.django_db
class TestAddUp:
    def test_adds_by_day_of_shanghai(self, account):
        spend(account, 10, MIDNIGHT - timedelta(seconds=1))
        spend(account, 20, MIDNIGHT)

        spendings.add_up()

        days = days_of(account)
        assert (days[date(2026, 6, 15)], days[date(2026, 6, 16)]) == (10, 20)

    def test_takes_refunds_off_and_leaves_holds_out(self, account):
        spend(account, 30)
        move(account, Bucket.SPENT, Bucket.AVAILABLE, 12, NOON)
        move(account, Bucket.AVAILABLE, Bucket.HELD, 7, NOON)

        spendings.add_up()

        assert days_of(account)[date(2026, 6, 15)] == 18

    def test_counts_each_entry_once(self, account):
        for _time in range(3):
            spend(account, 5)
            spendings.add_up()
            spendings.add_up()

        assert days_of(account)[date(2026, 6, 15)] == 15

    def test_catches_up_in_bounded_steps(self, account, monkeypatch):
        monkeypatch.setattr(spendings, "MOST_ENTRIES", 2)
        for _time in range(4):
            spend(account, 5)

        for _pass in range(3):
            spendings.add_up()

        assert days_of(account)[date(2026, 6, 15)] == 20

    def test_says_how_many_accounts_it_looked_at(self, account):
        recharge(AccountFactory(), 5)

        assert (spendings.add_up(), spendings.add_up()) == (2, 0)


@pytest.mark.django_db
class TestDaysLeft:
    def test_is_reckoned_from_the_last_fourteen_days(self, account):
        recharge(account, 10_000)
        spend(account, 1_000, NOON - timedelta(days=20))  # too long ago to count
        spend(account, 1_350)
        spendings.add_up()

        assert queries.days_left([with_balance(account)], at=NOON) == {account.pk: 77}

    def test_is_unknown_where_nothing_was_spent(self, account):
        spendings.add_up()

        assert queries.days_left([with_balance(account)], at=NOON) == {account.pk: None}

    def test_of_many_accounts_is_one_query(self, account, django_assert_num_queries):
        accounts = [with_balance(AccountFactory()) for _account in range(5)]

        with django_assert_num_queries(1):
            found = queries.days_left(accounts, at=NOON)

        assert len(found) == 5


def with_balance(account):
    return Account.objects.select_related("balance").get(pk=account.pk)


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_count_each_entry_once():
    account = AccountFactory()
    recharge(account, 100)
    for _time in range(10):
        spend_at_once(account, 3)

    race(*[spendings.add_up] * 4, *[lambda: spend_at_once(account, 1)] * 4)
    spendings.add_up()

    assert days_of(account)[date(2026, 6, 15)] == 34


@transaction.atomic
def spend_at_once(account, segments):
    spend(account, segments)
