from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from apps.audit.actors import SYSTEM
from apps.recharges.choices import BankEntryStatus as S
from apps.recharges.models import BankEntry, Remittance
from apps.recharges.services import bank_entries, remittances
from tests.factories import files
from tests.factories.partners import AccountFactory, MembershipFactory
from tests.factories.recharges import MORNING, BankEntryFactory, RechargeFactory
from tests.factories.users import StaffFactory

pytestmark = pytest.mark.django_db

VERBS = {
    "mark_returned": lambda pk: bank_entries.mark_returned(
        bank_entry_id=pk, by=SYSTEM, reason="付款人有误", at=MORNING
    ),
    "discard": lambda pk: bank_entries.discard(
        bank_entry_id=pk, by=SYSTEM, reason="利息", at=MORNING
    ),
}
ALLOWED = {(S.UNMATCHED, "mark_returned"): S.RETURNED, (S.UNMATCHED, "discard"): S.DISCARDED}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", S)
def test_table(status, verb):
    trait = {} if status == S.UNMATCHED else {status.lower(): True}
    entry = BankEntryFactory(**trait)
    before = BankEntry.objects.values().get()

    if (status, verb) in ALLOWED:
        VERBS[verb](entry.pk)
        assert BankEntry.objects.get().status == ALLOWED[status, verb]
        return
    with pytest.raises(bank_entries.BankEntryStateError):
        VERBS[verb](entry.pk)
    assert BankEntry.objects.values().get() == before


class TestEnter:
    def enter(self, **fields):
        line = {
            "bank_account": "0200",
            "serial": "20260601000001",
            "payer": "北京青禾软件有限公司",
            "amount_yuan": Decimal("10000.00"),
            "received_at": MORNING,
            "by": SYSTEM,
            "at": MORNING,
        }
        return bank_entries.enter(**{**line, **fields})

    def test_keeps_the_line_unmatched(self):
        entry = self.enter()

        assert list(BankEntry.objects.unmatched()) == [entry]

    def test_refuses_the_same_serial_of_the_same_bank_account(self):
        self.enter()

        with pytest.raises(bank_entries.BankEntryExistsError):
            self.enter(amount_yuan=Decimal("1.00"))
        assert self.enter(bank_account="0300")

    @pytest.mark.parametrize(
        "amount", ["0", "-1", "0.001", "100000000", "NaN", "Infinity", "1E+30"]
    )
    def test_refuses_what_is_no_amount_of_money(self, amount):
        with pytest.raises(bank_entries.AmountError):
            self.enter(amount_yuan=Decimal(amount))


class TestPutAside:
    def test_needs_a_reason(self):
        with pytest.raises(bank_entries.BankEntryReasonMissingError):
            bank_entries.discard(
                bank_entry_id=BankEntryFactory().pk, by=SYSTEM, reason="", at=MORNING
            )

    def test_refuses_while_a_recharge_is_proposed(self):
        entry = RechargeFactory().bank_entry

        with pytest.raises(bank_entries.BankEntryProposedError):
            bank_entries.mark_returned(bank_entry_id=entry.pk, by=SYSTEM, reason="退款", at=MORNING)


class TestRemittance:
    def test_keeps_the_claim_with_its_slip(self):
        account = AccountFactory()
        person = MembershipFactory(partner=account.partner).user

        remittance = remittances.enter(
            account=account,
            amount_yuan=Decimal("10000.00"),
            paid_on=date(2026, 6, 1),
            payer="北京青禾软件有限公司",
            voucher=files.jpeg(),
            by=person.as_actor(),
            at=MORNING,
        )

        assert remittance.voucher.name.startswith("vouchers/")
        assert list(Remittance.objects.visible_to(person)) == [remittance]
        assert not Remittance.objects.visible_to(MembershipFactory().user).exists()


class TestVisibleTo:
    def test_shows_partners_only_what_credited_them(self):
        BankEntryFactory()
        recharge = RechargeFactory()
        person = MembershipFactory(partner=recharge.account.partner).user

        assert list(BankEntry.objects.visible_to(person)) == [recharge.bank_entry]
        assert BankEntry.objects.visible_to(StaffFactory()).count() == 2


class TestConstraints:
    @pytest.mark.parametrize(
        "wrong", [{"status": "GONE"}, {"amount_yuan": 0}, {"status": "RETURNED"}]
    )
    def test_refuse_what_services_would_never_write(self, wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            BankEntryFactory(**wrong)

    def test_refuse_a_second_line_of_the_same_serial(self):
        serial = BankEntryFactory().serial

        with pytest.raises(IntegrityError, match="one_per_serial"), transaction.atomic():
            BankEntryFactory(serial=serial)
