from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from apps.audit.actors import SYSTEM
from apps.common.models import OutboxEvent
from apps.recharges.choices import NEXT_REMITTANCE_STATUS
from apps.recharges.choices import RemittanceStatus as S
from apps.recharges.models import Remittance
from apps.recharges.services import remittances
from apps.recharges.services.remittances import Claim
from tests.factories import files
from tests.factories.partners import AccountFactory
from tests.factories.recharges import MORNING, RemittanceFactory
from tests.racing import race

CLAIM = Claim(amount_yuan=Decimal("9000.00"), paid_on=date(2026, 5, 31), payer="青禾")
VERBS = {
    "edit": lambda pk: remittances.edit(remittance_id=pk, claim=CLAIM, by=SYSTEM, at=MORNING),
    "replace_voucher": lambda pk: remittances.replace_voucher(
        remittance_id=pk, voucher=files.png(), by=SYSTEM
    ),
    "withdraw": lambda pk: remittances.withdraw(remittance_id=pk, by=SYSTEM, reason="重复"),
    "reject": lambda pk: remittances.reject(
        remittance_id=pk, reason="看不清", remedy="请重新扫描", by=SYSTEM, at=MORNING
    ),
}
ALLOWED = {
    (S.ENTERED, "edit"): S.ENTERED,
    (S.ENTERED, "replace_voucher"): S.ENTERED,
    (S.ENTERED, "withdraw"): S.WITHDRAWN,
    (S.ENTERED, "reject"): S.REJECTED,
    (S.REJECTED, "edit"): S.ENTERED,
    (S.REJECTED, "replace_voucher"): S.REJECTED,
    (S.REJECTED, "withdraw"): S.WITHDRAWN,
}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", S)
def test_table(status, verb):
    trait = {} if status == S.ENTERED else {status.lower(): True}
    remittance = RemittanceFactory(**trait)
    before = Remittance.objects.values().get()

    if (status, verb) in ALLOWED:
        VERBS[verb](remittance.pk)
        assert Remittance.objects.get().status == ALLOWED[status, verb]
        return
    with pytest.raises(remittances.RemittanceStateError):
        VERBS[verb](remittance.pk)
    assert Remittance.objects.values().get() == before


def test_every_state_has_its_next_states():
    assert set(NEXT_REMITTANCE_STATUS) == set(S)


def enter(account, *, verb=remittances.enter, voucher=None, **fields):
    claim = {
        "amount_yuan": Decimal("10000.00"),
        "paid_on": date(2026, 6, 1),
        "payer": "北京青禾软件有限公司",
    }
    return verb(
        account=account,
        voucher=voucher or files.jpeg(),
        by=SYSTEM,
        **{"at": MORNING, **claim, **fields},
    )


class TestEnter:
    def test_tells_of_it(self):
        remittance = enter(AccountFactory())

        event = OutboxEvent.objects.get(name="recharge.remittance_entered")
        assert (event.subject_id, event.payload["amount_yuan"]) == (str(remittance.pk), "10000.00")

    @pytest.mark.parametrize(
        "again",
        [
            {"amount_yuan": Decimal(1), "payer": "别的公司"},
            {"voucher": "white pdf", "payer": "北京青禾软件有限公司 "},
            {"voucher": "white pdf", "payer": "北京青禾软件（有限公司）"},
        ],
    )
    def test_asks_about_what_looks_like_another(self, again):
        account = AccountFactory()
        first = enter(account)
        if "voucher" in again:
            again = {**again, "voucher": files.pdf()}

        with pytest.raises(remittances.RemittanceRepeatedError) as raised:
            enter(account, **again)

        assert raised.value.data["remittance_ids"] == [first.pk]

    def test_takes_another_amount_day_or_payer_with_another_slip(self):
        account = AccountFactory()
        enter(account)

        assert enter(account, voucher=files.pdf(), paid_on=date(2026, 5, 31))
        assert enter(account, voucher=files.pdf(2), payer="上海远帆信息技术有限公司")

    def test_takes_again_what_was_rejected(self):
        account = AccountFactory()
        VERBS["reject"](enter(account).pk)

        assert enter(account).status == S.ENTERED

    def test_knows_nothing_of_other_partners(self):
        enter(AccountFactory())

        assert enter(AccountFactory()).looks_like is None

    @pytest.mark.parametrize("verb", [remittances.enter, remittances.enter_another])
    def test_refuses_a_day_that_has_not_come_in_beijing(self, verb):
        late = datetime(2026, 6, 1, 15, 59, tzinfo=UTC)

        with pytest.raises(remittances.RemittanceDayError):
            enter(AccountFactory(), verb=verb, paid_on=date(2026, 6, 2), at=late)
        assert enter(AccountFactory(), paid_on=date(2026, 6, 2), at=late + timedelta(minutes=1)).pk


class TestEnterAnother:
    def test_keeps_what_it_looks_like(self):
        account = AccountFactory()
        first = enter(account)

        second = enter(account, verb=remittances.enter_another)

        assert (second.looks_like, second.status) == (first, S.ENTERED)


class TestReject:
    @pytest.mark.parametrize("missing", ["reason", "remedy"])
    def test_needs_a_reason_and_a_remedy(self, missing):
        words = {"reason": "看不清", "remedy": "请重新扫描", missing: " "}

        with pytest.raises(remittances.RemittanceReasonMissingError):
            remittances.reject(remittance_id=RemittanceFactory().pk, by=SYSTEM, at=MORNING, **words)

    def test_tells_the_partner_why_and_what_to_do(self):
        VERBS["reject"](RemittanceFactory().pk)

        payload = OutboxEvent.objects.get(name="recharge.remittance_rejected").payload
        assert (payload["reason"], payload["remedy"]) == ("看不清", "请重新扫描")


class TestEdit:
    def test_lets_a_rejected_one_wait_again_and_tells_of_it(self):
        remittance = VERBS["edit"](RemittanceFactory(rejected=True).pk)

        assert (remittance.amount_yuan, remittance.remedy) == (Decimal(9000), "")
        assert OutboxEvent.objects.filter(name="recharge.remittance_entered").count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_edited_and_withdrawn_at_once_ends_withdrawn(self):
        pk = RemittanceFactory().pk

        race(lambda: VERBS["edit"](pk), lambda: VERBS["withdraw"](pk))

        assert Remittance.objects.get().status == S.WITHDRAWN


@pytest.mark.parametrize(
    "wrong",
    [{"status": "GONE"}, {"status": "REJECTED"}, {"status": "MATCHED"}, {"amount_yuan": 0}],
)
def test_constraints_refuse_what_services_would_never_write(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        RemittanceFactory(**wrong)
