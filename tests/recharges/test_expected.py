from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from apps.audit.actors import SYSTEM
from apps.recharges.models import ExpectedRecharge
from apps.recharges.services import expected, recharges
from tests.factories.partners import AccountFactory
from tests.factories.recharges import MORNING, RechargeFactory
from tests.factories.users import StaffFactory
from tests.racing import race

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def open_first(account, number="2026-0001", **fields):
    return expected.open_first(
        **{
            "account_id": account.pk,
            "agreement_number": number,
            "amount_yuan": Decimal(10_000),
            "due_on": TODAY,
            "by": SYSTEM,
            "at": MORNING,
            **fields,
        }
    )


def cancel(pk):
    return expected.cancel(expected_id=pk, by=SYSTEM, reason="协议终止")


def confirm(recharge):
    by = StaffFactory(finance=True).as_actor()
    return recharges.confirm(recharge_id=recharge.pk, by=by, at=MORNING)


class TestOpenFirst:
    def test_is_due_until_it_is_met(self):
        first = open_first(AccountFactory())

        assert list(ExpectedRecharge.objects.due_by(TODAY)) == [first]

    def test_gives_the_same_one_when_asked_again(self):
        account = AccountFactory()

        assert open_first(account) == open_first(account)

    @pytest.mark.django_db(transaction=True)
    def test_opens_one_when_asked_twice_at_once(self):
        account = AccountFactory()

        race(lambda: open_first(account), lambda: open_first(account))

        assert ExpectedRecharge.objects.count() == 1


class TestMeet:
    def test_the_first_confirmed_recharge_of_the_account_meets_the_oldest(self):
        recharge = RechargeFactory()
        newer = open_first(recharge.account, "2026-0002", due_on=date(2026, 7, 1))
        older = open_first(recharge.account)

        confirm(recharge)

        older.refresh_from_db()
        newer.refresh_from_db()
        assert (older.status, older.recharge) == ("MET", recharge)
        assert newer.status == "OPEN"

    def test_leaves_other_accounts_alone(self):
        first = open_first(AccountFactory())

        confirm(RechargeFactory())

        first.refresh_from_db()
        assert first.status == "OPEN"


class TestCancel:
    def test_needs_a_reason(self):
        with pytest.raises(expected.ExpectedRechargeReasonMissingError):
            expected.cancel(expected_id=open_first(AccountFactory()).pk, by=SYSTEM, reason=" ")

    def test_is_expected_no_more(self):
        cancel(open_first(AccountFactory()).pk)

        assert not ExpectedRecharge.objects.due_by(TODAY).exists()

    @pytest.mark.parametrize("end", ["met", "cancelled"])
    def test_refuses_what_has_ended(self, end):
        recharge = RechargeFactory()
        first = open_first(recharge.account)
        confirm(recharge) if end == "met" else cancel(first.pk)

        with pytest.raises(expected.ExpectedRechargeStateError):
            cancel(first.pk)


@pytest.mark.parametrize("wrong", [{"status": "MET"}, {"status": "CANCELLED"}, {"amount_yuan": 0}])
def test_constraints_refuse_what_services_would_never_write(wrong):
    first = open_first(AccountFactory())

    with pytest.raises(IntegrityError), transaction.atomic():
        ExpectedRecharge.objects.filter(pk=first.pk).update(**wrong)
