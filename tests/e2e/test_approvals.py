"""Much money, in a browser: one person matches it, another approves; so for taking it back."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import transaction
from playwright.sync_api import expect

from apps.ledger.models import Balance
from apps.recharges.models import Recharge, Reversal
from apps.users.choices import StaffRole
from tests.e2e.conftest import violations
from tests.factories.partners import AccountFactory, PartnerFactory
from tests.factories.rates import RateVersionFactory
from tests.factories.recharges import (
    BankEntryFactory,
    LateCreditFactory,
    RechargeFactory,
    RemittanceFactory,
    ReversalFactory,
)
from tests.factories.users import StaffFactory
from tests.recharges.test_lots import SPEND, move

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MUCH = Decimal(80_000)


@pytest.fixture
def world(transactional_db, settings, tmp_path):
    """80 000 yuan of one partner with their slip, and two people of finance."""
    settings.MEDIA_ROOT = tmp_path
    RateVersionFactory()
    partner = PartnerFactory(name="杭州青禾软件有限公司")
    account = AccountFactory(partner=partner)
    RemittanceFactory(account=account, payer=partner.name, amount_yuan=MUCH)
    return SimpleNamespace(
        account=account,
        entry=BankEntryFactory(imported=True, payer=partner.name, amount_yuan=MUCH),
        wang=StaffFactory(username="wang", staff_role=StaffRole.FINANCE),
        li=StaffFactory(username="li", staff_role=StaffRole.FINANCE),
    )


@pytest.fixture
def act_as(page, sign_in):
    """Return a function that makes the tab another person's."""

    def change(user):
        page.context.clear_cookies()
        return sign_in(user)

    return change


def match(tab, live_server):
    tab.goto(f"{live_server.url}/admin/matching/")
    tab.get_by_role("button", name="确认充值", exact=True).click()
    expect(tab.get_by_text("1 笔等待复核。")).to_be_visible()


def approve(tab, live_server, button):
    tab.goto(f"{live_server.url}/admin/approvals/")
    tab.get_by_role("button", name="通过", exact=True).click()
    tab.get_by_role("button", name=button).click()


def test_two_people_credit_and_two_take_back(world, act_as, live_server):
    tab = act_as(world.wang)
    match(tab, live_server)
    tab.goto(f"{live_server.url}/admin/approvals/")
    expect(tab.get_by_text("您已办理其中的“提出充值”")).to_be_visible()
    expect(tab.get_by_role("button", name="通过", exact=True)).to_have_count(0)

    approve(act_as(world.li), live_server, "确认通过")
    expect(tab.get_by_text("1,600,000")).to_be_visible()
    assert Balance.objects.get().available == 1_600_000

    with transaction.atomic():
        move(world.account, SPEND, 600_000)
    ask_back(act_as(world.wang), live_server)
    expect(tab.get_by_text("已冻结 1,000,000 条")).to_be_visible()

    approve(act_as(world.li), live_server, "确认冲正")
    expect(tab.get_by_text("待补扣 600,000 条")).to_be_visible()
    assert Reversal.objects.get().owed_segments == 600_000


def ask_back(tab, live_server):
    recharge = Recharge.objects.get()
    tab.goto(f"{live_server.url}/admin/recharges/recharge/{recharge.pk}/change/")
    tab.get_by_role("link", name="undo 冲正").click()
    tab.get_by_label("记错账户").check()
    tab.locator("textarea[name=reason]").fill("付款人为另一家公司")
    tab.get_by_role("button", name="冲正").click()


def test_approving_needs_no_mouse(world, act_as, live_server):
    match(act_as(world.wang), live_server)
    tab = act_as(world.li)
    tab.goto(f"{live_server.url}/admin/approvals/")

    for key in ("j", "a", "Enter"):
        tab.keyboard.press(key)

    expect(tab.get_by_text("1,600,000")).to_be_visible()
    assert Balance.objects.get().available == 1_600_000


def test_pages_are_accessible(world, act_as, live_server):
    match(act_as(world.wang), live_server)
    credited = RechargeFactory(confirmed=True)
    ReversalFactory()
    LateCreditFactory()
    tab = act_as(world.li)

    for path in (
        "approvals/",
        "same-day/",
        "matching/",
        f"recharges/recharge/{credited.pk}/take_back/",
    ):
        tab.goto(f"{live_server.url}/admin/{path}")
        assert violations(tab) == [], path
