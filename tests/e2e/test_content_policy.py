"""The policy in a browser: every page works under it, and what got into a page does nothing."""

import pytest
from django.conf import settings
from django.db import transaction
from playwright.sync_api import expect

from tests.access import world as worlds
from tests.access.addresses import ROUTES
from tests.access.expected import EXPECTED
from tests.access.test_payloads import poisoned, text_of
from tests.access.visitors import browser_of

pytestmark = pytest.mark.browser
ADMINISTRATOR, OWNER = "staff ADMINISTRATOR", "partner OWNER"
# Somebody wrote this into a page: what runs of it writes down that it ran.
INTRUDER = """
<img src="/nothing.png" onerror="window.__xss = 'onerror'">
<svg onload="window.__xss = 'onload'"></svg>
<iframe srcdoc="<script>parent.__xss = 'srcdoc'</script>"></iframe>
<div x-data x-init="window.__xss = 'x-init'"></div>
<div x-data="{ a: (window.__xss = 'x-data') }"><b x-text="window.__xss = 'x-text'"></b></div>
<div x-data x-html="window.__xss = 'x-html'" x-effect="window.__xss = 'x-effect'"></div>
<div hx-get="/healthz" hx-trigger="load[window.__xss = 'hx-trigger']" hx-on:htmx:load="window.__xss = 'hx-on'"></div>
<a id="intruder" href="javascript:window.__xss = 'href'" x-on:click="window.__xss = 'x-on'">x</a>
<style>body { --intruder: 1 }</style><p id="styled" style="position: fixed">x</p>
"""


@pytest.fixture
def world(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PREVIEWS_ROOT = tmp_path / "previews"
    with transaction.atomic():
        return worlds.make()


@pytest.fixture
def enter(context, live_server, world):
    """Return a function that gives a tab of a kind of visitor, and what it complained of."""

    def open_tab(visitor):
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": world.sessions[visitor]}
        context.add_cookies([cookie | {"url": live_server.url}])
        page, told = context.new_page(), []
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("console", lambda said: told.append(said.text) if said.type == "error" else None)
        page.on(
            "response",
            lambda got: told.append(f"{got.status} {got.url}") if got.status > 399 else None,
        )
        return page, told

    return open_tab


class TestEveryPage:
    @pytest.mark.parametrize("looker", [ADMINISTRATOR, OWNER])
    def test_keeps_the_policy_and_runs_no_payload(self, looker, world, enter, live_server):
        with transaction.atomic():
            addresses, _columns = poisoned(world)
        client = browser_of(looker, world)
        seen = [
            addresses[route]
            for route in ROUTES
            if EXPECTED[route].get(looker) == "sees"
            and "<html" in text_of(client.get(addresses[route]))
        ]
        page, told = enter(looker)

        wrong = {}
        for address in seen:
            page.goto(f"{live_server.url}{address}", wait_until="load")
            if page.evaluate("window.__xss") is not None:
                told.append("a payload ran")
            if told:
                wrong[address] = list(told)
                told.clear()

        assert wrong == {}
        assert len(seen) > 25


class TestIntruder:
    @pytest.mark.parametrize(
        ("visitor", "path"), [(ADMINISTRATOR, "/admin/partners/partner/"), (OWNER, "/")]
    )
    def test_does_nothing(self, visitor, path, world, enter, live_server):
        page, _told = enter(visitor)
        page.goto(f"{live_server.url}{path}")
        page.wait_for_load_state("networkidle")

        page.evaluate("html => document.body.insertAdjacentHTML('afterbegin', html)", INTRUDER)
        page.evaluate("window.htmx && htmx.process(document.body)")
        page.locator("#intruder").dispatch_event("click")
        page.wait_for_timeout(300)

        assert page.evaluate("window.__xss") is None
        assert page.locator("#styled").evaluate("one => getComputedStyle(one).position") == "static"


class TestPagesUnderThePolicy:
    def test_open_and_close_their_menus(self, world, enter, live_server):
        page, told = enter(ADMINISTRATOR)
        page.goto(f"{live_server.url}/admin/partners/partner/")
        password = page.get_by_role("link", name="修改密码")

        expect(password).to_be_hidden()
        page.locator("#nav-sidebar-inner").get_by_text("李娜").click()
        expect(password).to_be_visible()
        page.locator("#main").click()
        expect(password).to_be_hidden()

        assert told == []

    def test_hide_their_side_and_remember_it(self, world, enter, live_server):
        page, told = enter(ADMINISTRATOR)
        page.goto(f"{live_server.url}/admin/partners/partner/")
        side = page.locator("#nav-sidebar-inner")
        expect(side).to_be_visible()

        page.locator("[x-on\\:click^='sidebarDesktopOpen']").first.click()
        expect(side).to_be_hidden()
        page.reload()
        expect(side).to_be_hidden()

        assert told == []

    def test_draw_the_reference_of_the_interface(self, world, enter, live_server):
        page, told = enter(OWNER)

        page.goto(f"{live_server.url}/api/docs/")
        expect(page.get_by_text("Get a batch with counts by status")).to_be_visible()

        assert told == []
