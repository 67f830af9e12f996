"""The receipt of a recharge: made once, signed, and kept whatever happens."""

import hashlib
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.common import documents
from apps.common.errors import NotFoundError
from apps.partners.models import Gateway, Partner
from apps.recharges import tasks
from apps.recharges.choices import RechargeStatus
from apps.recharges.models import Recharge, RechargeReceipt
from apps.recharges.services import matches, receipts, recharges, reversals
from tests.common.documents.papers import text_of
from tests.factories.partners import AccountFactory, GatewayFactory
from tests.factories.rates import RateVersionFactory
from tests.factories.recharges import (
    MORNING,
    BankEntryFactory,
    ExpectedRechargeFactory,
    RechargeFactory,
)
from tests.factories.users import StaffFactory
from tests.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_of_this_test_alone(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def gateway(db):
    return GatewayFactory()


@pytest.fixture
def recharge(gateway):
    return RechargeFactory(confirmed=True)


def receipt_of(recharge):
    return receipts.receipt_of(recharge_id=recharge.pk, at=MORNING)


def stored_files():
    if not default_storage.exists("receipts"):
        return []
    return default_storage.listdir("receipts")[1]


def content_of(receipt):
    with receipt.file.open() as file:
        return file.read()


class TestReceipt:
    def test_is_kept_with_its_digest(self, recharge):
        receipt = receipt_of(recharge)

        content = content_of(receipt)

        assert hashlib.sha256(content).hexdigest() == receipt.sha256
        assert receipt.size == len(content)
        assert stored_files() == [receipt.file.name.partition("/")[2]]

    def test_carries_the_gateways_signature(self, recharge):
        said = documents.signing.verify(content_of(receipt_of(recharge)))

        assert said.is_intact
        assert said.is_trusted
        assert said.signed_at == MORNING

    @pytest.mark.parametrize("place", [100, 5_000, -20])
    def test_shows_that_it_was_tampered_with(self, recharge, place):
        content = bytearray(content_of(receipt_of(recharge)))

        content[place] ^= 1

        assert not documents.signing.verify(bytes(content)).is_intact

    def test_says_what_was_credited_for_which_money(self, recharge):
        text = text_of(content_of(receipt_of(recharge)))

        assert recharge.number in text
        assert recharge.bank_entry.serial in text
        assert "¥10,000.00" in text
        assert "200,000条" in text

    def test_is_made_once(self, recharge):
        first = receipt_of(recharge)

        again = receipt_of(recharge)

        assert again == first
        assert len(stored_files()) == 1

    def test_stays_as_it_was_printed(self, recharge):
        receipt = receipt_of(recharge)

        Partner.objects.update(name="改名后的软件公司")
        Gateway.objects.update(name="改名后的网关公司")

        assert "改名后" not in str(receipt_of(recharge).printed)
        assert receipt_of(recharge).printed["number"] == receipt.printed["number"]

    def test_names_the_agreement_whose_first_recharge_it_was(self, recharge):
        ExpectedRechargeFactory(
            account=recharge.account, agreement_number="2026-0007", status="MET", recharge=recharge
        )

        assert "合作协议 2026-0007" in str(receipt_of(recharge).printed)

    def test_leaves_a_gap_for_what_cannot_be_printed_of_the_bank(self, gateway):
        recharge = RechargeFactory(confirmed=True, bank_entry__payer="张三😀\ufeff")

        assert "付款人张三□□" in text_of(content_of(receipt_of(recharge)))


class TestPurchase:
    def test_of_several_credits_prints_its_own_and_says_so(self, gateway):
        RateVersionFactory()
        account = AccountFactory()
        entries = BankEntryFactory.create_batch(2, imported=True, amount_yuan=Decimal(3000))
        match = matches.confirm(
            bank_entry_ids=[entry.pk for entry in entries],
            remittance_ids=[],
            account_id=account.pk,
            by=StaffFactory(finance=True).as_actor(),
            at=MORNING,
        )

        printed = str(receipt_of(match.recharges.order_by("pk").first()).printed)

        assert "与另外 1 笔到账合并计价，合计 ¥6,000.00" in printed
        assert "60,000 条 × ¥0.05" in printed


class TestRefusal:
    def test_of_what_waits_for_confirmation(self, gateway):
        with pytest.raises(receipts.ReceiptNotCreditedError):
            receipt_of(RechargeFactory())

    def test_of_what_was_reversed_before_it_had_one(self, gateway):
        with pytest.raises(receipts.ReceiptNotCreditedError):
            receipt_of(RechargeFactory(reversed=True))

    def test_not_of_what_was_reversed_afterwards(self, recharge):
        receipt = receipt_of(recharge)
        Recharge.objects.update(status=RechargeStatus.REVERSED)

        assert receipt_of(recharge) == receipt

    def test_of_what_is_not_there(self, gateway):
        with pytest.raises(NotFoundError):
            receipts.receipt_of(recharge_id=10**9, at=MORNING)

    @pytest.mark.parametrize("blank", Gateway.PRINTED)
    def test_while_the_gateways_particulars_are_blank(self, recharge, blank):
        Gateway.objects.update(**{blank: ""})

        with pytest.raises(receipts.ReceiptGatewayIncompleteError) as caught:
            receipt_of(recharge)

        assert caught.value.data["missing"] == str(Gateway._meta.get_field(blank).verbose_name)

    def test_leaves_no_file_behind(self, gateway):
        recharge = RechargeFactory(confirmed=True, account__partner__name="青禾😀公司")

        with pytest.raises(documents.UnprintableCharacterError):
            receipt_of(recharge)

        assert stored_files() == []
        assert not RechargeReceipt.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_asked_for_twice_there_is_one_with_one_file(self, recharge):
        first, second = race(*[lambda: receipt_of(recharge)] * 2)

        assert first == second == RechargeReceipt.objects.get()
        assert len(stored_files()) == 1

    def test_with_the_approval_of_a_reversal_it_is_there_or_refused(self, recharge):
        asked_by, other = StaffFactory.create_batch(2, finance=True)
        reversal = reversals.request(
            recharge_id=recharge.pk,
            cause=reversals.ReversalCause.BOOKED_WRONGLY,
            reason="账户有误",
            by=asked_by.as_actor(),
            at=MORNING,
        )

        answer, _reversed = race(
            lambda: receipt_of(recharge),
            lambda: reversals.approve(reversal_id=reversal.pk, by=other.as_actor(), at=MORNING),
        )

        made = list(RechargeReceipt.objects.all())
        assert made == [answer] or isinstance(answer, receipts.ReceiptNotCreditedError)
        assert len(stored_files()) == len(made)


class TestTask:
    def test_is_enqueued_with_the_confirmation(self, gateway):
        recharge = RechargeFactory()
        by = StaffFactory(finance=True).as_actor()
        jobs = ProcrastinateJob.objects.filter(task_name=tasks.issue_receipt.name)
        earlier = list(jobs.values_list("pk", flat=True))  # of tests whose transactions committed

        recharges.confirm(recharge_id=recharge.pk, by=by, at=MORNING)

        [job] = jobs.exclude(pk__in=earlier)
        assert job.args == {"recharge_id": recharge.pk}
        assert tasks.issue_receipt.name == recharges.RECEIPT_TASK

    def test_makes_the_receipt_once(self, recharge):
        tasks.issue_receipt(recharge.pk)
        tasks.issue_receipt(recharge.pk)

        assert RechargeReceipt.objects.get().recharge == recharge

    def test_gives_up_quietly_while_particulars_are_missing(self, recharge):
        Gateway.objects.all().delete()

        tasks.issue_receipt(recharge.pk)

        assert not RechargeReceipt.objects.exists()
