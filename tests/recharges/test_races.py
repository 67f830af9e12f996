"""Steps that speak against each other, taken at the same moment on real connections."""

from decimal import Decimal

import pytest

from apps.audit.actors import SYSTEM
from apps.common import clock
from apps.common.errors import NotFoundError
from apps.ledger.models import Balance
from apps.ledger.services import credits as ledger_credits
from apps.ledger.services.entries import InsufficientCreditError
from apps.messaging.accepting import sends
from apps.recharges.models import BankEntry, Recharge, Reversal
from apps.recharges.services import matches, recharges, reversals
from tests.factories.partners import AccountFactory
from tests.factories.rates import RateVersionFactory
from tests.factories.recharges import MORNING, BankEntryFactory, RechargeFactory, RemittanceFactory
from tests.factories.senders import make_caller
from tests.factories.users import StaffFactory
from tests.racing import race
from tests.recharges import money_checks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people():
    RateVersionFactory()
    return [StaffFactory(finance=True).as_actor() for _ in range(2)]


def errors(answers):
    return [answer for answer in answers if isinstance(answer, Exception)]


def bought(account, segments):
    """Give an account segments at 0.05."""
    yuan = segments * Decimal("0.05")
    recharge = RechargeFactory(
        account=account, segments=segments, amount_yuan=yuan, bank_entry__amount_yuan=yuan
    )
    return recharges.confirm(recharge_id=recharge.pk, by=SYSTEM, at=MORNING)


def ask(recharge, by):
    return reversals.request(
        recharge_id=recharge.pk, cause="BOOKED_WRONGLY", reason="记错账户", by=by, at=MORNING
    )


class TestAboveTheLimit:
    @pytest.fixture
    def recharge(self, people):
        """A purchase that `people[0]` matched and may not credit."""
        entry = BankEntryFactory(imported=True, amount_yuan=Decimal(90_000))
        slip = RemittanceFactory(amount_yuan=Decimal(90_000))
        matches.confirm(
            bank_entry_ids=[entry.pk],
            remittance_ids=[slip.pk],
            account_id=slip.account_id,
            by=people[0],
            at=MORNING,
        )
        return Recharge.objects.get(status="PENDING")

    def test_approved_while_it_is_withdrawn_one_of_them_is_told(self, people, recharge):
        answers = race(
            lambda: recharges.confirm(recharge_id=recharge.pk, by=people[1], at=MORNING),
            lambda: recharges.withdraw(recharge_id=recharge.pk, by=people[0], reason="账户有误"),
        )

        (told,) = errors(answers)
        is_credited = isinstance(told, recharges.RechargeStateError)
        assert is_credited or isinstance(told, NotFoundError)
        assert Recharge.objects.filter(status="CONFIRMED").exists() == is_credited
        assert BankEntry.objects.get().status == ("MATCHED" if is_credited else "UNMATCHED")
        money_checks.check()

    def test_approved_by_whoever_may_not_at_the_same_moment_it_is_credited_once(
        self, people, recharge
    ):
        answers = race(
            *[
                lambda by=by: recharges.confirm(recharge_id=recharge.pk, by=by, at=MORNING)
                for by in people
            ]
        )

        assert isinstance(answers[0], recharges.OwnProposalError | recharges.RechargeStateError)
        assert isinstance(answers[1], Recharge)
        money_checks.check()


def test_payments_that_look_alike_are_credited_at_the_same_moment(people):
    """The later slip points at the earlier one, which must not make one wait for the other."""
    account = AccountFactory()
    for _ in range(5):
        entries = BankEntryFactory.create_batch(2, imported=True)
        earlier = RemittanceFactory(account=account)
        slips = [earlier, RemittanceFactory(account=account, looks_like=earlier)]

        answers = race(
            *[
                lambda entry=entry, slip=slip: matches.confirm(
                    bank_entry_ids=[entry.pk],
                    remittance_ids=[slip.pk],
                    account_id=account.pk,
                    by=people[0],
                    at=MORNING,
                )
                for entry, slip in zip(entries, slips, strict=True)
            ]
        )

        assert errors(answers) == []
    money_checks.check()


class TestAgainstUse:
    def test_asked_back_while_it_is_spent_nothing_is_spent_that_is_frozen(self, people):
        caller = make_caller(segments=0)
        recharge, sender = bought(caller.account, 10), caller.sender()
        request = sends.Request(to=["13800138000"], text="字" * 100)  # two segments

        answers = race(
            lambda: ask(recharge, people[0]),
            *[lambda: sends.send(sender, request, at=clock.now())] * 7,
        )

        balance = Balance.objects.get()
        sent = sum(isinstance(answer, dict) for answer in answers)
        assert all(isinstance(each, InsufficientCreditError) for each in errors(answers))
        assert (balance.available, balance.held, balance.spent) == (0, 10 - 2 * sent, 2 * sent)
        assert Reversal.objects.get().held_segments == balance.held

    def test_taken_back_while_it_is_moved_on_the_rest_is_owed(self, people):
        own = AccountFactory()
        recharge = bought(own, 100)
        customers = AccountFactory(partner=own.partner, of_customer=True)
        asked = ask(recharge, people[0])
        bought(own, 50)

        answers = race(
            lambda: reversals.approve(reversal_id=asked.pk, by=people[1], at=MORNING),
            lambda: ledger_credits.transfer(
                source=own, target=customers, segments=40, by=SYSTEM, at=MORNING
            ),
            lambda: ledger_credits.transfer(
                source=own, target=customers, segments=40, by=SYSTEM, at=MORNING
            ),
        )

        assert [type(each) for each in errors(answers)] == [InsufficientCreditError]
        assert Balance.objects.get(account=own).available == 10
        money_checks.check()
