import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import violations

pytestmark = pytest.mark.browser


class TestStaff:
    def test_signs_in_and_approves_a_signature(self, world, sign_in):
        page = sign_in(world.reviewer)
        expect(page.get_by_role("heading", name="等待处理")).to_be_visible()
        page.locator("#nav-sidebar-inner").get_by_role("link", name="短信签名").click()
        page.get_by_role("link", name="【青禾科技】").click()

        page.get_by_role("link", name="通过").click()
        page.get_by_role("dialog").get_by_role("button", name="通过").click()

        expect(page.get_by_text("【青禾科技】已通过。")).to_be_visible()
        world.signature.refresh_from_db()
        assert world.signature.status == "APPROVED"

    def test_is_told_in_the_dialog_that_a_reason_is_missing(self, world, sign_in, live_server):
        page = sign_in(world.reviewer)
        page.goto(f"{live_server.url}/admin/signatures/signature/{world.signature.pk}/change/")

        page.get_by_role("link", name="驳回").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="驳回").click()
        expect(dialog.get_by_text("必填")).to_be_visible()
        dialog.get_by_label("材料模糊，无法辨认").check()
        dialog.get_by_label("备注").fill("执照模糊")
        dialog.get_by_role("button", name="驳回").click()

        expect(page.get_by_text("【青禾科技】已驳回。")).to_be_visible()

    def test_sees_numbers_masked(self, world, sign_in, live_server):
        page = sign_in(world.reviewer)
        page.goto(f"{live_server.url}/admin/messaging/message/")

        expect(page.get_by_text("138****8000")).to_be_visible()
        expect(page.get_by_text("13800138000")).to_have_count(0)

    def test_changes_the_language(self, world, sign_in):
        page = sign_in(world.reviewer)

        page.locator("#nav-sidebar-inner").get_by_text("李娜").click()
        page.get_by_role("button", name=re.compile("English")).click()

        expect(page.get_by_role("heading", name="Waiting for a decision")).to_be_visible()

    @pytest.mark.parametrize(
        "path",
        [
            "",
            "signatures/signature/",
            "messaging/message/",
            "ledger/ledgerentry/",
            "partners/account/",
            "gallery/",
        ],
    )
    def test_pages_are_accessible(self, world, sign_in, live_server, path):
        page = sign_in(world.reviewer)

        page.goto(f"{live_server.url}/admin/{path}")

        assert violations(page) == []

    def test_a_decision_is_accessible(self, world, sign_in, live_server):
        page = sign_in(world.reviewer)
        page.goto(f"{live_server.url}/admin/signatures/signature/{world.signature.pk}/change/")
        assert violations(page) == []

        page.get_by_role("link", name="驳回").click()
        expect(page.get_by_role("dialog").get_by_label("原因")).to_be_visible()

        assert violations(page) == []
