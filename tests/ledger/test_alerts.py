"""Low-balance warnings: one each time an account falls below its threshold."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.audit.actors import SYSTEM
from apps.common import clock
from apps.common.models import OutboxEvent
from apps.ledger.models import Balance, BalanceAlert
from apps.ledger.services import alerts, spendings
from apps.partners.choices import AccountStatus
from tests.factories.partners import AccountFactory
from tests.ledger.conftest import recharge
from tests.ledger.test_spendings import spend
from tests.racing import race


def warn_below(account, threshold):
    return alerts.set_threshold(account=account, alert_below=threshold, by=SYSTEM, at=clock.now())


def check():
    return alerts.check(at=clock.now())


def warnings():
    return list(OutboxEvent.objects.filter(name="balance.low").order_by("id"))


def set_available(account, available):
    """Put the balance somewhere, as sends and recharges between two looks do."""
    balance = Balance.objects.get(pk=account.pk)
    balance.spent = balance.issued - available
    balance.available = available
    balance.save()


@pytest.mark.django_db
class TestSetThreshold:
    @pytest.mark.parametrize("threshold", [0, -1, 1_000_000_000])
    def test_takes_no_threshold_without_sense(self, account, threshold):
        with pytest.raises(alerts.AlertThresholdError):
            warn_below(account, threshold)

    def test_is_kept_in_the_history(self, account):
        for threshold in (50, 60, 60, None):
            warn_below(account, threshold)

        events = BalanceAlert.pgh_event_model.objects.order_by("pgh_id")
        assert [event.alert_below for event in events] == [None, 50, 60, None]

    def test_of_none_ends_the_warnings(self, account):
        warn_below(account, 200)
        check()

        warn_below(account, None)

        assert check() == 0
        assert not BalanceAlert.objects.get().is_low


@pytest.mark.django_db
class TestCheck:
    def test_warns_with_what_is_left_and_for_how_long(self, account):
        warn_below(account, 80)
        spend(account, 50, clock.now())
        spendings.add_up()

        assert check() == 1

        (event,) = warnings()
        assert (event.partner_id, event.account_id) == (account.partner_id, account.pk)
        assert (event.subject_kind, event.subject_id) == ("account", account.code)
        assert event.payload == {
            "account": account.code, "available": 50, "alert_below": 80, "days_left": 1,
        }  # fmt: skip

    @pytest.mark.parametrize(("available", "count"), [(80, 0), (79, 1)])
    def test_warns_below_the_threshold_not_at_it(self, account, available, count):
        warn_below(account, 80)
        set_available(account, available)

        assert check() == count

    def test_warns_once_a_crossing(self, account):
        warn_below(account, 50)
        for available in (40, 30, 60, 20, 10, 50):
            set_available(account, available)
            check()

        assert [event.payload["available"] for event in warnings()] == [40, 20]

    def test_does_not_warn_again_because_the_threshold_was_raised(self, account):
        warn_below(account, 50)
        set_available(account, 40)
        check()

        warn_below(account, 90)

        assert check() == 0

    def test_warns_of_an_account_that_never_had_credit(self):
        warn_below(AccountFactory(), 10)

        assert check() == 1

    def test_leaves_closed_accounts_alone(self, account):
        warn_below(account, 500)
        type(account).objects.update(status=AccountStatus.CLOSED)

        assert check() == 0


class TestAnyWalk(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(
        walk=st.lists(st.integers(0, 100), max_size=20),
        threshold=st.integers(1, 100),
    )
    def test_of_a_balance_warns_as_often_as_it_was_seen_to_fall(self, walk, threshold):
        account = AccountFactory()
        recharge(account, 100)
        warn_below(account, threshold)

        for available in walk:
            set_available(account, available)
            check()

        seen = [100, *walk]
        falls = sum(before >= threshold > after for before, after in pairwise(seen))
        assert len(warnings()) == falls


@pytest.mark.django_db(transaction=True)
def test_many_looks_at_one_crossing_warn_once():
    account = AccountFactory()
    recharge(account, 100)
    warn_below(account, 150)

    answers = race(*[check] * 6)

    assert sum(answers) == 1
    assert len(warnings()) == 1
