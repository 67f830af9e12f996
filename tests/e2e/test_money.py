"""From the bank's file in hand to partners recharged, in a browser, with the clicks counted."""

import pytest
from playwright.sync_api import expect

from apps.ledger.models import Balance
from apps.users.choices import StaffRole
from tests.e2e.conftest import violations
from tests.factories.partners import AccountFactory, PartnerFactory
from tests.factories.rates import RateVersionFactory
from tests.factories.recharges import RemittanceFactory
from tests.factories.statements import BankProfileFactory, credit, csv, debit
from tests.factories.users import StaffFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BRANDS = ["青禾", "远帆", "蜀云", "岭南", "天达", "海辰", "星创", "博维", "智辰", "恒邦"]
MOST_CLICKS = 9  # fewer than ten, from the page of statements on


@pytest.fixture
def statement(transactional_db, settings, tmp_path):
    """Ten partners with their slips, and the bank's file with their money in it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    RateVersionFactory()
    BankProfileFactory()
    rows = [debit("D1"), credit("N1", amount="12.34", payer="", memo="结息")]
    for number, brand in enumerate(BRANDS):
        partner = PartnerFactory(name=f"杭州{brand}软件有限公司")
        slip = RemittanceFactory(
            account=AccountFactory(partner=partner), payer=partner.name, amount_yuan=4_000 + number
        )
        rows.append(credit(f"S{number}", amount=f"{slip.amount_yuan:,.2f}", payer=partner.name))
    path = tmp_path / "六月明细.csv"
    path.write_bytes(csv(rows))
    return path


@pytest.fixture
def finance(statement, sign_in):
    return sign_in(StaffFactory(username="finance", staff_role=StaffRole.FINANCE))


class Clicks:
    """Clicks, and counts."""

    def __init__(self):
        self.count = 0

    def __call__(self, locator):
        self.count += 1
        locator.click()


def test_ten_lines_are_credited_by_two_in_under_ten_clicks(
    finance, statement, live_server, sign_in
):
    click = Clicks()
    finance.goto(f"{live_server.url}/admin/statements/")

    finance.get_by_label("流水文件").set_input_files(statement)
    click.count += 2  # the button of the field, and the file
    click(finance.get_by_role("button", name="上传并预览"))
    expect(finance.get_by_role("row").filter(has_text="结息")).to_be_visible()
    finance.context.clear_cookies()
    sign_in(StaffFactory(username="second", staff_role=StaffRole.FINANCE))
    finance.goto(f"{live_server.url}/admin/statements/")
    click(finance.get_by_role("link", name="六月明细.csv"))
    click(finance.get_by_role("button", name="入库"))
    click(finance.get_by_role("button", name="选中 10 笔完全一致的"))
    click(finance.get_by_role("button", name="确认选中的"))

    expect(finance.get_by_text("10 笔已入账")).to_be_visible()
    assert Balance.objects.filter(available__gt=0).count() == 10
    assert click.count <= MOST_CLICKS


def test_pages_are_accessible(finance, statement, live_server):
    finance.goto(f"{live_server.url}/admin/statements/")
    assert violations(finance) == []
    finance.get_by_label("流水文件").set_input_files(statement)
    finance.get_by_role("button", name="上传并预览").click()
    finance.get_by_text("字段对应").click()
    assert violations(finance) == []

    finance.get_by_role("button", name="入库").click()

    expect(finance.get_by_role("button", name="确认选中的")).to_be_visible()
    assert violations(finance) == []
