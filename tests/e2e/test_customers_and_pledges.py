"""A partner enters a customer and brings its pledge to the reviewers."""

import pytest
from playwright.sync_api import expect

from apps.pledges.models import Pledge
from tests.e2e.conftest import violations
from tests.factories import files
from tests.factories.partners import GatewayFactory
from tests.factories.pledges import FirstTemplateFactory

pytestmark = pytest.mark.browser

CUSTOMER = {
    "注册名称": "杭州西溪口腔门诊部有限公司",
    "统一社会信用代码": "91330110MACH370602",
    "法定代表人": "沈岚",
    "地址": "杭州市西湖区文三路 259 号",
    "联系人": "沈岚",
    "电话": "0571-88001234",
    "短信接收人群": "预约就诊的患者及会员",
    "同意的取得方式": "挂号时在预约单上勾选同意接收短信",
}
SAMPLES = (
    "您预约的洗牙时间为明天 9:30，请准时到诊。\n您的治疗已完成，如有不适请致电 0571-88001234。"
)


@pytest.fixture
def partner(world, sign_in, settings, tmp_path):
    """Sign the owner in, where a form can be printed."""
    settings.PREVIEWS_ROOT = tmp_path / "previews"
    GatewayFactory()
    FirstTemplateFactory()
    return sign_in(world.owner)


def enter_customer(page):
    navigation = page.get_by_role("navigation", name="主导航")
    navigation.get_by_role("link", name="终端客户").click()
    page.get_by_role("link", name="登记客户").click()
    for label, value in CUSTOMER.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("行业").select_option("HEALTH")
    page.get_by_role("button", name="登记", exact=True).click()


def print_form(page):
    page.get_by_role("button", name="办理责任书").click()
    page.get_by_label("短信示例").fill(SAMPLES)
    page.get_by_role("button", name="保存并生成 PDF").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 待签署的责任书").click()
    return download.value.path()


def test_from_the_customer_to_the_reviewers(partner):
    page = partner
    enter_customer(page)
    expect(page.get_by_role("heading", name=CUSTOMER["注册名称"])).to_be_visible()
    assert violations(page) == []

    assert print_form(page).read_bytes().startswith(b"%PDF")
    scan = {"name": "签章件.pdf", "mimeType": "application/pdf", "buffer": files.pdf(2).read()}
    page.locator("#paper input[type=file]").set_input_files(scan)
    expect(page.get_by_text("签章件已上传")).to_be_visible()
    assert violations(page) == []

    page.get_by_role("button", name="提交审核").click()

    expect(page.get_by_text("第 1 次提交")).to_be_visible()
    assert Pledge.objects.get().status == "SUBMITTED"
    assert violations(page) == []


def test_a_wrong_check_digit_is_told_beside_its_field(partner, live_server):
    page = partner
    page.goto(f"{live_server.url}/customers/new/")

    page.get_by_label("注册名称").fill("杭州西溪口腔门诊部有限公司")
    page.get_by_label("统一社会信用代码").fill("91330110MACH370603")
    page.get_by_role("button", name="登记", exact=True).click()

    field = page.locator(".field-wrong")
    expect(field.get_by_label("统一社会信用代码")).to_be_visible()
    expect(field).to_contain_text("91330110MACH370603")
