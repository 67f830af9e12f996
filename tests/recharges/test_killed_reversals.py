"""Taking credit back, moving it and following it, killed after each statement: as if undisturbed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from apps.audit.actors import SYSTEM
from apps.common import ids
from apps.common.models import OutboxEvent
from apps.ledger.services import credits as ledger_credits
from apps.recharges.models import LateCredit
from apps.recharges.services import lots, recharges, reversals
from tests.factories.partners import AccountFactory
from tests.factories.recharges import (
    MORNING,
    BankEntryFactory,
    ExpectedRechargeFactory,
    RechargeFactory,
    RemittanceFactory,
)
from tests.recharges.killing import cut_everywhere, cut_in_parts, lots_of, of_account
from tests.recharges.test_killed import check_books
from tests.recharges.test_lots import REFUND, SPEND, move

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def credited(account, *, segments=100, match=None):
    """Give an account segments at 0.05, for a line of its own."""
    yuan = segments * Decimal("0.05")
    recharge = RechargeFactory(
        account=account,
        match=match,
        segments=segments,
        amount_yuan=yuan,
        bank_entry__amount_yuan=yuan,
        bank_entry__payer=account.code,
    )
    return recharges.confirm(recharge_id=recharge.pk, by=SYSTEM, at=MORNING)


@transaction.atomic
def used(account, *steps):
    for way, segments in steps:
        move(account, way, segments)


def spent_in_part(account):
    """Credit the first recharge that was expected, with its slip, and spend 60 of 100 segments."""
    ExpectedRechargeFactory(account=account)
    slip = RemittanceFactory(account=account, matched=True, match__account=account)
    recharge = credited(account, match=slip.match)
    used(account, (SPEND, 60))
    return recharge


def asked_for(recharge):
    return reversals.request(
        recharge_id=recharge.pk, cause="BOOKED_WRONGLY", reason="记错账户", by=SYSTEM, at=MORNING
    )


def owed_by(account):
    """Take a recharge back of which 60 segments are spent."""
    asked = asked_for(spent_in_part(account))
    return reversals.approve(reversal_id=asked.pk, by=SYSTEM, at=MORNING)


class TestReversal:
    def test_asked_for(self, dying, person):
        def prepare(_number):
            account = AccountFactory()
            return {"recharge_id": spent_in_part(account).pk, "user_id": person.pk}, account

        assert cut_everywhere(dying, "request", prepare, of_account) > 10
        check_books()

    @pytest.mark.parametrize("step", ["approve", "decline"])
    def test_decided(self, dying, person, step):
        def prepare(_number):
            account = AccountFactory()
            return {
                "reversal_id": asked_for(spent_in_part(account)).pk,
                "user_id": person.pk,
            }, account

        assert cut_everywhere(dying, step, prepare, of_account) > 10
        check_books()

    def test_collected(self, dying, person):
        def prepare(_number):
            account = AccountFactory()
            owed_by(account)
            used(account, (REFUND, 25))
            return {"account_id": account.pk, "user_id": person.pk}, account

        assert cut_everywhere(dying, "collect", prepare, of_account) > 5
        check_books()

    def test_written_off(self, dying, person):
        def prepare(_number):
            account = AccountFactory()
            return {"reversal_id": owed_by(account).pk, "user_id": person.pk}, account

        assert cut_everywhere(dying, "write_off", prepare, of_account) > 3
        check_books()

    def test_brought_back_by_the_next_recharge(self, dying, person):
        def prepare(_number):
            account = AccountFactory()
            owed_by(account)
            proposed = RechargeFactory(account=account, bank_entry__payer=account.code)
            return {"recharge_id": proposed.pk, "user_id": person.pk}, account

        assert cut_everywhere(dying, "confirm", prepare, of_account) > 10
        check_books()


class TestTransfer:
    @pytest.mark.parametrize("is_back", [False, True], ids=["to the customer", "back"])
    def test_of_one_id_is_made_once(self, dying, person, is_back):
        def prepare(_number):
            own = AccountFactory()
            sides = [own, AccountFactory(partner=own.partner, of_customer=True)][
                :: -1 if is_back else 1
            ]
            credited(sides[0])
            fields = {"source_id": sides[0].pk, "target_id": sides[1].pk, "user_id": person.pk}
            return {**fields, "transfer_id": ids.uuid7().hex}, sides

        def state(sides):
            return [of_account(each) for each in sides]

        assert cut_everywhere(dying, "transfer", prepare, state) > 5
        check_books()


class TestSettle:
    def test_uses_nothing_up_twice(self, dying, person):
        def prepare(_number):
            own = AccountFactory()
            customers = AccountFactory(partner=own.partner, of_customer=True)
            wrong = [credited(own), credited(own)][1]
            ledger_credits.transfer(
                source=own, target=customers, segments=50, by=SYSTEM, at=MORNING
            )
            used(own, (SPEND, 120), (REFUND, 15))
            used(customers, (SPEND, 20))
            asked = asked_for(wrong)
            reversals.approve(reversal_id=asked.pk, by=SYSTEM, at=MORNING)
            return {"user_id": person.pk}, (own, customers)

        def state(accounts):
            return [lots_of(each) for each in accounts]

        assert cut_in_parts(dying, "settle", prepare, state) > 10
        assert lots.settle() == 0
        check_books()


class TestNotice:
    def test_lists_and_tells_each_breach_once(self, dying, person):
        def prepare(_number):
            late = MORNING - timedelta(days=10)
            return {"user_id": person.pk}, BankEntryFactory.create_batch(2, entered_at=late)

        def state(entries):
            told = OutboxEvent.objects.filter(name="recharge.overdue")
            return [
                (
                    LateCredit.objects.filter(bank_entry=entry).count(),
                    told.filter(subject_id=str(entry.pk)).count(),
                )
                for entry in entries
            ]

        assert cut_in_parts(dying, "notice", prepare, state) > 5
