"""Prices typed into a table without a mouse, reckoned as one types, and credit moved."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from apps.audit.actors import SYSTEM
from apps.common import clock
from apps.rates.services import drafts
from apps.users.choices import StaffRole
from tests.e2e.conftest import violations
from tests.factories.partners import AccountFactory
from tests.factories.rates import RateTableFactory, RateVersionFactory
from tests.factories.users import StaffFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def draft(world):
    """A draft that begins with the two tiers in force."""
    RateVersionFactory()
    return drafts.begin(table=RateTableFactory(), starts_at=clock.now(), by=SYSTEM)


@pytest.fixture
def grid(draft, sign_in, live_server):
    """The draft's table in the browser of somebody from finance."""
    page = sign_in(StaffFactory(username="finance", staff_role=StaffRole.FINANCE))
    page.goto(f"{live_server.url}/admin/rates/rateversion/{draft.pk}/change/")
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def cell(page, row, column):
    return page.locator("#rate-grid tbody tr").nth(row).locator("input").nth(column)


def shown(draft):
    return [(tier.from_segments, tier.unit_price_yuan) for tier in drafts.drafts_of(draft)]


class TestGrid:
    def test_is_edited_and_saved_by_keyboard_alone(self, grid, draft):
        expect(cell(grid, 0, 0)).to_be_focused()
        for key in ("ArrowDown", "ArrowDown"):
            grid.keyboard.press(key)
        grid.keyboard.type("500000")
        grid.keyboard.press("Tab")
        grid.keyboard.type("0.045")

        grid.keyboard.press("Control+s")

        expect(grid.get_by_text("草稿已保存。")).to_be_visible()
        assert shown(draft)[-1] == (500_000, Decimal("0.045"))

    def test_adds_moves_and_removes_rows_by_keyboard(self, grid, draft):
        grid.keyboard.press("Control+Enter")
        grid.keyboard.type("50000")
        grid.keyboard.press("Alt+ArrowUp")
        expect(cell(grid, 0, 0)).to_have_value("50000")
        grid.keyboard.press("Control+Delete")

        expect(cell(grid, 0, 0)).to_have_value("1")
        expect(grid.locator("#rate-grid tbody tr")).to_have_count(3)

    def test_takes_cells_pasted_from_a_spreadsheet(self, grid, draft):
        grid.evaluate(
            """text => {
                const data = new DataTransfer();
                data.setData("text", text);
                document.activeElement.dispatchEvent(
                    new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
            }""",
            "1\t0.08\n20,000\t0.065\n100000\t0.055\n20万\t0.05\n",
        )

        grid.keyboard.press("Control+s")

        expect(grid.get_by_text("草稿已保存。")).to_be_visible()
        assert [quantity for quantity, _price in shown(draft)] == [1, 20_000, 100_000, 200_000]

    def test_marks_the_wrong_cell_and_puts_the_cursor_there(self, grid, draft):
        cell(grid, 1, 1).fill("0.07")

        grid.keyboard.press("Control+s")

        expect(cell(grid, 1, 1)).to_have_attribute("aria-invalid", "true")
        expect(cell(grid, 1, 1)).to_be_focused()
        assert violations(grid) == []

    def test_is_published_by_another_after_a_look_at_both_versions(
        self, grid, draft, sign_in, live_server
    ):
        cell(grid, 1, 1).fill("0.045")
        grid.keyboard.press("Control+s")
        expect(grid.get_by_text("草稿已保存。")).to_be_visible()

        grid.get_by_role("link", name="发布").click()
        expect(grid.get_by_role("dialog").get_by_text("须由他人办理")).to_be_visible()
        grid.context.clear_cookies()
        sign_in(StaffFactory(username="second", staff_role=StaffRole.FINANCE))
        grid.goto(f"{live_server.url}/admin/rates/rateversion/{draft.pk}/change/")
        grid.get_by_role("link", name="发布").click()
        dialog = grid.get_by_role("dialog")
        expect(dialog.get_by_text("−¥0.005")).to_be_visible()
        assert violations(grid) == []
        dialog.get_by_role("button", name="发布").click()

        expect(grid.get_by_text("资费已发布")).to_be_visible()
        draft.refresh_from_db()
        assert draft.status == "PUBLISHED"


class TestPortal:
    @pytest.mark.parametrize("path", ["/calculator/", "/transfers/", "/alerts/"])
    def test_pages_are_accessible(self, world, sign_in, live_server, path):
        RateVersionFactory()
        AccountFactory(partner=world.account.partner, of_customer=True)
        page = sign_in(world.owner)

        page.goto(f"{live_server.url}{path}")

        assert violations(page) == []

    def test_the_calculator_answers_as_one_types(self, draft, world, sign_in, live_server):
        page = sign_in(world.owner)
        page.goto(f"{live_server.url}/calculator/")

        page.get_by_label("数量").fill("4990")
        expect(page.get_by_text("83,166")).to_be_visible()
        page.get_by_label("按条数").check()
        expect(page.get_by_text("¥299.40")).to_be_visible()
        page.get_by_label("数量").fill("1.5")
        expect(page.get_by_role("alert")).to_be_visible()

        assert violations(page) == []

    def test_credit_is_moved_after_a_confirmation(self, world, sign_in, live_server):
        shop = AccountFactory(partner=world.account.partner, of_customer=True)
        page = sign_in(world.owner)
        page.goto(f"{live_server.url}/transfers/")

        page.get_by_label("转入账户").select_option(str(shop.pk))
        page.get_by_label("条数").fill("20,000")
        page.keyboard.press("Enter")
        assert violations(page) == []
        page.keyboard.press("Enter")

        expect(page.get_by_text("已从")).to_be_visible()
        shop.refresh_from_db()
        assert shop.balance.available == 20_000
