"""Each step of finance, killed after each of its statements: the rerun ends as if undisturbed."""

import hashlib
import itertools
from decimal import Decimal

import pytest

from apps.ledger.services import verification
from apps.recharges.models import (
    BankEntry,
    Recharge,
    RechargeReceipt,
    Remittance,
    StatementImport,
)
from apps.recharges.queries import money as queries
from apps.recharges.services import expected, statements
from tests.factories.partners import AccountFactory, GatewayFactory
from tests.factories.recharges import (
    MORNING,
    BankEntryFactory,
    RechargeFactory,
    RemittanceFactory,
    StatementFactory,
)
from tests.factories.statements import BankProfileFactory, credit, csv, debit
from tests.factories.users import StaffFactory
from tests.recharges.dying_process import KILLED
from tests.recharges.killing import cut_everywhere, of_account
from tests.recharges.steps import take

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return str(settings.MEDIA_ROOT)


def statement_rows(number):
    return csv([credit(f"{number}-1"), credit(f"{number}-2"), debit(f"{number}-3")])


class TestImport:
    def test_upload(self, dying, media, person):
        profile = BankProfileFactory()

        def prepare(number):
            content = statement_rows(number).decode("gb18030")
            fields = {"profile_id": profile.pk, "content": content, "media": media}
            return {**fields, "user_id": person.pk}, content

        def state(content):
            sha256 = hashlib.sha256(content.encode()).hexdigest()
            return list(StatementImport.objects.filter(sha256=sha256).values_list("status"))

        assert cut_everywhere(dying, "upload", prepare, state) > 3

    def test_store(self, dying, media, person):
        profile = BankProfileFactory()

        def prepare(number):
            found = statements.upload(
                profile_id=profile.pk,
                content=statement_rows(number),
                file_name="明细.csv",
                by=person.as_actor(),
                at=MORNING,
            )
            fields = {"import_id": found.pk, "media": media, "user_id": person.pk}
            return fields, found

        def state(found):
            found.refresh_from_db()
            entries = BankEntry.objects.filter(statement=found).values_list("amount_yuan", "status")
            return found.status, found.new_count, found.debit_count, sorted(entries)

        assert cut_everywhere(dying, "store", prepare, state) > 5


def world(person, *, is_typed):
    """Return an account that owes its first recharge, with two credits and a slip for them."""
    account = AccountFactory()
    expected.open_first(
        account_id=account.pk,
        agreement_number=f"2026-{account.pk:04}",
        amount_yuan=Decimal(20_000),
        due_on=MORNING.date(),
        by=person.as_actor(),
        at=MORNING,
    )
    source = {"entered_by": person}
    if not is_typed:
        source["statement"] = StatementFactory(uploaded_by=person)
    entries = BankEntryFactory.create_batch(2, payer=account.code, **source)
    slip = RemittanceFactory(account=account, amount_yuan=Decimal(20_000))
    return account, {
        "bank_entry_ids": [entry.pk for entry in entries],
        "remittance_ids": [slip.pk],
        "account_id": account.pk,
        "user_id": person.pk,
    }


class TestMatch:
    def test_confirmed_and_credited(self, dying, person):
        def prepare(_number):
            account, fields = world(person, is_typed=False)
            return fields, account

        assert cut_everywhere(dying, "match", prepare, of_account) > 10
        check_books()


class TestRecharge:
    def prepare(self, person, other):
        account, fields = world(person, is_typed=True)
        take("match", **fields)
        recharge = Recharge.objects.filter(account=account).first()
        return {"recharge_id": recharge.pk, "user_id": other.pk}, account

    @pytest.mark.parametrize("step", ["confirm", "withdraw"])
    def test_by_a_second_person(self, dying, person, step):
        other = StaffFactory(finance=True)

        def prepare(_number):
            return self.prepare(person, other)

        def state(account):
            return of_account(account)

        if step == "withdraw":
            assert cut_withdrawal(dying, prepare, state) > 3
        else:
            assert cut_everywhere(dying, step, prepare, state) > 10
        check_books()


class TestReceipt:
    def test_is_there_with_its_file_or_not_at_all(self, dying, media, person):
        GatewayFactory()

        def prepare(_number):
            recharge = RechargeFactory(confirmed=True)
            return {"recharge_id": recharge.pk, "media": media, "user_id": person.pk}, recharge

        def state(recharge):
            made = RechargeReceipt.objects.filter(recharge=recharge)
            return [receipt.file.storage.size(receipt.file.name) > 0 for receipt in made]

        assert cut_everywhere(dying, "receipt", prepare, state) > 5


def cut_withdrawal(dying, prepare, state):
    """As `cut_everywhere`, where a repeated step finds nothing left to withdraw."""
    for count in itertools.count(1):
        fields, account = prepare(count)
        before = state(account)
        if dying.run("withdraw", kill_after=count, **fields) != KILLED:
            assert not Recharge.objects.filter(account=account).exists()
            assert set(Remittance.objects.filter(account=account).values_list("status")) == {
                ("ENTERED",)
            }
            return count - 1
        assert state(account) == before
    raise AssertionError


def check_books():
    assert verification.verify().faults == ()
    assert queries.money_in_totals().is_balanced
