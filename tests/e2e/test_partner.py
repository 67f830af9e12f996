import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import violations

pytestmark = pytest.mark.browser


class TestPartner:
    def test_signs_in_and_sees_balance_and_messages(self, world, sign_in):
        page = sign_in(world.owner)

        expect(page.get_by_role("heading", name=f"账户 {world.account.code} 余额")).to_be_visible()
        expect(page.get_by_text("200,000").first).to_be_visible()
        expect(page.get_by_role("cell", name="13800138000")).to_be_visible()

    def test_finds_a_message_by_its_number(self, world, sign_in):
        page = sign_in(world.owner)
        page.get_by_role("navigation", name="主导航").get_by_role(
            "link", name="短信", exact=True
        ).click()

        page.get_by_label("号码").fill("139 0013 9000")
        page.get_by_role("button", name="查询").click()

        expect(page.get_by_role("cell", name="13900139000")).to_be_visible()
        expect(page.get_by_role("cell", name="13800138000")).to_have_count(0)

    def test_makes_a_key_and_revokes_it(self, world, sign_in):
        page = sign_in(world.owner)
        page.get_by_role("navigation", name="主导航").get_by_role("link", name="API 密钥").click()
        page.get_by_role("link", name="创建密钥").click()
        page.get_by_label("名称").fill("联调")
        page.get_by_label("测试").check()
        page.get_by_role("button", name="创建").click()
        expect(page.locator("code.secret")).to_contain_text("sk_test_")

        page.get_by_role("link", name="我已保存").click()
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("row", name="联调").get_by_role("button", name="撤销").click()

        expect(page.get_by_role("row", name="联调").get_by_text("已撤销")).to_be_visible()

    def test_changes_the_language_and_keeps_it(self, world, sign_in):
        page = sign_in(world.owner)

        page.get_by_role("button", name="English").click()
        page.get_by_role("link", name="Ledger").first.click()

        expect(page.get_by_role("heading", name="Ledger", exact=True)).to_be_visible()
        page.get_by_role("button", name="中文").click()
        expect(page.get_by_role("heading", name="台账", exact=True)).to_be_visible()

    def test_signs_out(self, world, sign_in):
        page = sign_in(world.owner)

        page.get_by_role("button", name="退出登录").click()

        expect(page.get_by_role("heading", name="登录")).to_be_visible()

    def test_reaches_the_content_by_keyboard(self, world, sign_in):
        page = sign_in(world.owner)

        page.keyboard.press("Tab")

        expect(page.get_by_role("link", name="跳到正文")).to_be_focused()

    @pytest.mark.parametrize(
        "path",
        ["/", "/messages/", "/ledger/", "/keys/", "/keys/new/", "/accounts/2fa/", "/nowhere/"],
    )
    def test_pages_are_accessible(self, world, sign_in, live_server, path):
        page = sign_in(world.owner)

        page.goto(f"{live_server.url}{path}")

        assert violations(page) == []

    def test_fits_a_telephone(self, world, sign_in):
        page = sign_in(world.owner)

        page.set_viewport_size({"width": 390, "height": 800})

        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert violations(page) == []

    def test_the_sign_in_page_is_accessible(self, page, live_server):
        page.goto(f"{live_server.url}/accounts/login/")

        assert violations(page) == []
