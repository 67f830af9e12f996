import re

import pytest
from django.core import signing

from apps.audit.actors import SYSTEM
from apps.common import clock
from apps.common.ids import uuid7
from apps.ledger.models import Balance, Transfer
from apps.ledger.services import credits as ledger_credits
from apps.partners.choices import PartnerRole
from apps.portal.transfers.views import PAGE_SIZE
from tests.factories.partners import AccountFactory, MembershipFactory


@pytest.fixture
def shop(qinghe):
    """A customer's account, and 1 000 segments in the partner's own."""
    ledger_credits.recharge(
        account_id=qinghe.account.pk, segments=1_000, recharge_id=1, by=SYSTEM, at=clock.now()
    )
    return AccountFactory(partner=qinghe.partner, of_customer=True)


def look(browser, source, target, segments="300", note=""):
    asked = {"source": source.pk, "target": target.pk, "segments": segments, "note": note}
    return browser.post("/transfers/", asked).content.decode()


def order_in(page):
    return re.search(r'name="order" value="([^"]+)"', page).group(1)


def confirm(browser, order):
    return browser.post("/transfers/confirm/", {"order": order}, follow=True).content.decode()


class TestForm:
    def test_shows_what_each_account_has(self, owner, qinghe, shop):
        page = owner.get("/transfers/").content.decode()

        assert f"{qinghe.account.code} · 1,000" in page
        assert f"{shop.code} · {shop.customer.name} · 0" in page

    def test_shows_both_balances_before_and_after_and_moves_nothing(self, owner, qinghe, shop):
        page = look(owner, qinghe.account, shop)

        assert all(shown in page for shown in ("1,000", "<strong>700</strong>", "<strong>300"))
        assert not Transfer.objects.exists()

    @pytest.mark.parametrize("segments", ["1001", "0", "-1", "1.5", "", "x"])
    def test_says_in_the_field_what_cannot_be(self, owner, qinghe, shop, segments):
        page = look(owner, qinghe.account, shop, segments)

        assert "errorlist" in page
        assert 'name="order"' not in page

    def test_needs_two_accounts(self, owner, qinghe, shop):
        assert "errorlist" in look(owner, shop, shop)

    def test_does_not_offer_another_partners_account(self, owner, qinghe, shop):
        assert "errorlist" in look(owner, qinghe.account, AccountFactory())

    def test_says_so_when_there_is_only_one_account(self, owner, qinghe):
        assert "没有可以划转的账户" in owner.get("/transfers/").content.decode()


class TestConfirm:
    def test_moves_what_was_shown_and_lists_it(self, owner, qinghe, shop):
        page = confirm(owner, order_in(look(owner, qinghe.account, shop, note="三月额度")))

        assert "三月额度" in page
        assert Balance.objects.get(pk=shop.pk).available == 300

    def test_moves_once_however_often_the_form_is_sent(self, owner, qinghe, shop):
        order = order_in(look(owner, qinghe.account, shop))
        confirm(owner, order)

        assert "已经完成" in confirm(owner, order)
        assert Balance.objects.get(pk=shop.pk).available == 300

    def test_refuses_what_is_no_longer_there(self, owner, qinghe, shop):
        first, second = (order_in(look(owner, qinghe.account, shop, "600")) for _ in range(2))
        confirm(owner, first)

        confirm(owner, second)

        assert Balance.objects.get(pk=shop.pk).available == 600

    @pytest.mark.parametrize("salt", ["", "other"])
    def test_takes_no_order_that_was_not_shown(self, owner, qinghe, shop, salt):
        asked = {"source": qinghe.account.pk, "target": shop.pk, "segments": 5, "note": ""}
        order = {"id": uuid7().hex, **asked}

        confirm(owner, signing.dumps(order, salt=salt) if salt else "x")

        assert not Transfer.objects.exists()

    @pytest.mark.parametrize("role", [PartnerRole.OPERATOR, PartnerRole.VIEWER])
    def test_is_closed_to_others(self, owner, signed_in, qinghe, shop, role):
        order = order_in(look(owner, qinghe.account, shop))

        answer = signed_in(role).post("/transfers/confirm/", {"order": order})

        assert answer.status_code == 403
        assert not Transfer.objects.exists()

    def test_of_another_partner_moves_nothing(self, client, owner, qinghe, shop):
        order = order_in(look(owner, qinghe.account, shop))
        client.force_login(MembershipFactory().user)

        confirm(client, order)

        assert not Transfer.objects.exists()


class TestHistory:
    def test_pages_from_newest_to_oldest(self, owner, qinghe, shop):
        for number in range(PAGE_SIZE + 1):
            ledger_credits.transfer(
                source=qinghe.account, target=shop, segments=1, note=f"第{number}笔",
                by=SYSTEM, at=clock.now(),
            )  # fmt: skip

        first = owner.get("/transfers/").content.decode()
        older = re.search(r'rel="next" href="([^"]+)"', first).group(1)
        second = owner.get(older).content.decode()

        assert "第0笔" not in first
        assert "第0笔" in second

    def test_takes_a_broken_position_for_none(self, owner, shop):
        assert owner.get("/transfers/?before=x").status_code == 200
