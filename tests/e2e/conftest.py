"""A real browser against the running pages.

Where Debian's chromium is missing, these tests are left out and one line of the summary names
them; with CI=true that is a failure, so that a pipeline cannot pass without having looked.
"""

import os
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections

from apps.audit.actors import SYSTEM
from apps.common import clock
from apps.ledger.services import credits as ledger_credits
from apps.partners.choices import KeyMode
from apps.partners.services import api_keys
from apps.users.choices import StaffRole
from tests.e2e.chromium import CHROMIUM, is_left_out
from tests.factories.messaging import queue
from tests.factories.partners import AccountFactory, MembershipFactory, PartnerFactory
from tests.factories.signatures import SignatureFactory
from tests.factories.users import PASSWORD, StaffFactory, UserFactory

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Playwright drives the browser from a loop of its own in the test's thread, and Django, seeing a
# loop, would refuse the ORM there; nothing here is asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(config, items):
    """Leave the browser tests out where there is no browser; `tests/conftest.py` names them."""
    if is_left_out():
        browser = [item for item in items if item.get_closest_marker("browser")]
        config.hook.pytest_deselected(items=browser)
        items[:] = [item for item in items if item not in browser]


@pytest.fixture(scope="session")
def base_url():
    """Name no site: each test has a server of its own."""
    return


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {"executable_path": str(CHROMIUM), "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"viewport": {"width": 1360, "height": 900}, "locale": "zh-CN"}


@pytest.fixture(autouse=True)
def _leaves_no_connection_open(monkeypatch):
    """Close what would keep the test database from being dropped.

    The server's threads end theirs with each request; the test's own is, under Playwright's loop,
    another one than that of the tests before and after, which nobody else would close.
    """
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    yield
    connections.close_all()


@pytest.fixture
def world(transactional_db, settings, tmp_path):
    """A partner that has sent, an application that waits, and people to sign in."""
    settings.MEDIA_ROOT = tmp_path
    partner = PartnerFactory(name="北京青禾软件有限公司")
    account = AccountFactory(partner=partner)
    ledger_credits.recharge(
        account_id=account.pk, segments=200_000, recharge_id=1, by=SYSTEM, at=clock.now()
    )
    queue(account, ["13800138000", "13900139000"])
    api_keys.issue(account=account, name="生产服务器", mode=KeyMode.LIVE, by=SYSTEM)
    return SimpleNamespace(
        account=account,
        signature=SignatureFactory(account=account, text="青禾科技", submitted=True, proved=True),
        owner=MembershipFactory(partner=partner, user=UserFactory(username="owner")).user,
        reviewer=StaffFactory(username="reviewer", staff_role=StaffRole.REVIEWER),
    )


@pytest.fixture
def sign_in(page, live_server):
    """Return a function that signs a person in through the page, and gives the browser's tab."""

    def sign(user):
        page.goto(f"{live_server.url}/")
        page.get_by_label("用户名").fill(user.username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_load_state("networkidle")
        return page

    return sign


def violations(page):
    """Return what axe finds wrong with the page, briefly."""
    page.wait_for_load_state("networkidle")
    found = Axe().run(page).response["violations"]
    return [(each["id"], each["nodes"][0]["html"]) for each in found]
