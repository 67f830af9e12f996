"""A partner reports a payment with its slip, and follows it to the credit."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from apps.common import clock
from apps.recharges.models import Remittance
from apps.recharges.services import bank_entries, matches, recharges
from tests.e2e.conftest import violations
from tests.factories import files
from tests.factories.partners import GatewayFactory
from tests.factories.rates import RateVersionFactory
from tests.factories.recharges import ExpectedRechargeFactory
from tests.factories.users import StaffFactory

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
SLIP = {"name": "回单.png", "mimeType": "image/png", "buffer": files.png().read()}
PAPER = {"name": "电子回单.pdf", "mimeType": "application/pdf", "buffer": files.pdf(2).read()}


@pytest.fixture
def partner(world, sign_in, settings, tmp_path):
    """Sign the owner in, where prices are published and the gateway's bank is known."""
    settings.PREVIEWS_ROOT = tmp_path / "previews"
    GatewayFactory()
    RateVersionFactory()
    return sign_in(world.owner)


def report(page, slip, *, amount="60000", button="提交登记"):
    """Fill the form in and send it."""
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="充值").click()
    page.get_by_role("link", name="登记汇款").first.click()
    page.get_by_label("金额（元）").fill(amount)
    page.get_by_label("汇款日期").fill(clock.local_date(clock.now()).isoformat())
    page.get_by_label("回单编号").fill("HD20260601001")
    page.get_by_label("凭证", exact=True).set_input_files(slip)
    page.get_by_role("button", name=button).click()


def find_money(remittance):
    """Let finance type the bank's line and match it; a second person has to approve."""
    by = StaffFactory(finance=True).as_actor()
    entry = bank_entries.enter(
        bank_account="0200004519020000123",
        serial="2026060100001",
        payer=remittance.payer,
        amount_yuan=remittance.amount_yuan,
        received_at=clock.now(),
        by=by,
        at=clock.now(),
    )
    return matches.confirm(
        bank_entry_ids=[entry.pk],
        remittance_ids=[remittance.pk],
        account_id=remittance.account_id,
        by=by,
        at=clock.now(),
    )


def approve(match):
    by = StaffFactory(finance=True).as_actor()
    recharges.confirm(recharge_id=match.recharges.get().pk, by=by, at=clock.now())


def test_from_the_slip_to_the_credit(partner):
    page = partner
    report(page, SLIP)
    expect(page.get_by_text("汇款已登记")).to_be_visible()
    steps = page.get_by_role("list", name="入账进度")
    expect(steps.locator("[aria-current=step]")).to_contain_text("查到款项")
    assert violations(page) == []

    remittance = Remittance.objects.get()
    match = find_money(remittance)
    page.reload()
    expect(steps.locator("[aria-current=step]")).to_contain_text("复核")
    expect(page.get_by_text("正由另一人员复核")).to_be_visible()
    assert violations(page) == []

    approve(match)
    page.reload()

    bought = match.recharges.get()
    expect(page.get_by_text(f"充入 {bought.segments:,} 条")).to_be_visible()
    expect(steps.locator("[aria-current=step]")).to_have_count(0)
    assert violations(page) == []
    page.get_by_role("link", name=bought.number).click()
    expect(page.get_by_role("heading", name=bought.number)).to_be_visible()
    expect(page.get_by_text(f"剩余 {bought.segments:,} 条")).to_be_visible()
    assert violations(page) == []


def test_a_likely_repetition_is_asked_about_and_the_slip_stays_chosen(partner):
    page = partner
    report(page, SLIP)
    expect(page.get_by_text("汇款已登记")).to_be_visible()
    first = Remittance.objects.get()

    report(page, PAPER)
    asked = page.get_by_role("alert")
    expect(asked.get_by_role("link", name="¥60,000.00")).to_have_attribute(
        "href", f"/remittances/{first.pk}/"
    )
    assert violations(page) == []
    assert Remittance.objects.count() == 1
    asked.get_by_role("button", name="这是另一笔汇款").click()

    expect(page.get_by_text("登记时已说明与下列疑似重复的汇款不是同一笔")).to_be_visible()
    second = Remittance.objects.exclude(pk=first.pk).get()
    assert (second.looks_like, second.content_type) == (first, "application/pdf")


def test_what_is_wrong_is_told_in_its_field_and_the_slip_stays_chosen(partner):
    page = partner
    report(page, SLIP, amount="六万")
    wrong = page.locator(".field-wrong")
    expect(wrong.get_by_label("金额（元）")).to_be_focused()
    expect(page.get_by_label("回单编号")).to_have_value("HD20260601001")
    assert violations(page) == []

    page.get_by_label("金额（元）").fill("6万")
    page.get_by_role("button", name="提交登记").click()

    expect(page.get_by_text("汇款已登记")).to_be_visible()
    assert Remittance.objects.get().amount_yuan == Decimal(60_000)


def test_a_slip_that_is_no_slip_is_told_beside_it(partner):
    page = partner
    letter = {"name": "回单.docx", "mimeType": "application/msword", "buffer": b"PK\x03\x04 word"}

    report(page, letter)

    expect(page.locator(".field-wrong").get_by_label("凭证", exact=True)).to_be_visible()
    assert not Remittance.objects.exists()


def test_who_was_signed_out_loses_nothing(partner):
    page = partner
    page.goto(page.url + "remittances/new/")
    page.get_by_label("金额（元）").fill("60000")
    page.get_by_label("汇款日期").fill("2026-01-05")
    page.get_by_label("凭证", exact=True).set_input_files(SLIP)
    page.context.clear_cookies(name="sessionid")

    page.get_by_role("button", name="提交登记").click()

    expect(page.get_by_text("登录已失效")).to_be_visible()
    expect(page.get_by_label("金额（元）")).to_have_value("60000")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_list_fits_its_screen(partner, world, size):
    page = partner
    ExpectedRechargeFactory(account=world.account)
    report(page, SLIP)
    expect(page.get_by_text("汇款已登记")).to_be_visible()
    page.set_viewport_size(size)

    for name in ("充值", "登记汇款"):
        page.get_by_role("link", name=name, exact=True).first.click()
        expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0
        assert violations(page) == []


def test_a_slip_is_looked_at_and_replaced_without_leaving_the_page(partner):
    page = partner
    report(page, PAPER)
    page.get_by_role("link", name="银行汇款凭证", exact=True).click()
    expect(page.get_by_role("dialog").locator("figure").first).to_be_visible()
    page.get_by_role("button", name="关闭").click()

    page.locator("#slip input[type=file]").set_input_files(SLIP)

    expect(page.locator("#upload-said")).to_contain_text("回单.png")
    assert Remittance.objects.get().content_type == "image/png"


def test_it_is_withdrawn_after_a_question(partner):
    page = partner
    report(page, SLIP)
    page.once("dialog", lambda question: question.accept())

    page.get_by_role("button", name="撤回登记").click()

    expect(page.get_by_text("汇款登记已撤回")).to_be_visible()
    assert Remittance.objects.get().status == "WITHDRAWN"
