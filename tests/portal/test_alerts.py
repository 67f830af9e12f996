import pytest

from apps.audit.actors import SYSTEM
from apps.common import clock
from apps.ledger.models import BalanceAlert
from apps.ledger.services import alerts
from apps.ledger.services import credits as ledger_credits
from apps.partners.choices import PartnerRole
from tests.factories.partners import AccountFactory
from tests.ledger.test_spendings import spend, spendings


def recharge(account, segments):
    ledger_credits.recharge(
        account_id=account.pk, segments=segments, recharge_id=1, by=SYSTEM, at=clock.now()
    )


class TestAlerts:
    def test_are_set_account_by_account(self, owner, qinghe):
        shop = AccountFactory(partner=qinghe.partner, of_customer=True)

        owner.post("/alerts/", {qinghe.account.code: "1,000", shop.code: ""})

        assert BalanceAlert.objects.get().alert_below == 1_000
        assert 'value="1000"' in owner.get("/alerts/").content.decode()

    def test_are_taken_away_by_an_empty_field(self, owner, qinghe):
        owner.post("/alerts/", {qinghe.account.code: "1000"})

        owner.post("/alerts/", {qinghe.account.code: ""})

        assert BalanceAlert.objects.get().alert_below is None

    @pytest.mark.parametrize("threshold", ["0", "-1", "x", "1.5", "1000000000"])
    def test_say_in_the_field_what_is_wrong(self, owner, qinghe, threshold):
        page = owner.post("/alerts/", {qinghe.account.code: threshold}).content.decode()

        assert "errorlist" in page
        assert not BalanceAlert.objects.exists()

    def test_are_the_owners_and_finances_affair(self, signed_in):
        assert signed_in(PartnerRole.FINANCE).get("/alerts/").status_code == 200
        assert signed_in(PartnerRole.VIEWER).get("/alerts/").status_code == 403


class TestHome:
    def test_says_how_long_the_credit_lasts(self, owner, qinghe):
        recharge(qinghe.account, 1_000)
        spend(qinghe.account, 100, clock.now())
        spendings.add_up()

        assert "还可使用约 9 天" in owner.get("/").content.decode()

    def test_says_when_less_is_left_than_the_partner_wants(self, owner, qinghe):
        recharge(qinghe.account, 40)
        alerts.set_threshold(account=qinghe.account, alert_below=50, by=SYSTEM, at=clock.now())

        assert "余额已低于 50 条" in owner.get("/").content.decode()

    def test_leads_to_the_warnings_only_those_who_may_set_them(self, signed_in, qinghe):
        recharge(qinghe.account, 40)

        assert "/alerts/" in signed_in(PartnerRole.OWNER).get("/").content.decode()
        assert "/alerts/" not in signed_in(PartnerRole.VIEWER).get("/").content.decode()
