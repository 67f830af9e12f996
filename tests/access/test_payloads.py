"""What somebody outside wrote is shown as text on every page, whoever looks.

A page is read here as a browser without the Content-Security-Policy would read it, so that the
policy is not what keeps a payload from running. `tests/e2e/test_content_policy.py` tries the same
pages with it.
"""

import re
from html import unescape

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from apps.recharges.models import StatementImport
from tests.access.addresses import ROUTES, address_of
from tests.access.expected import EXPECTED
from tests.access.payloads import LINK, SCRIPT, poison, run_by
from tests.access.visitors import VISITORS, browser_of
from tests.factories.notices import NoticeFactory
from tests.factories.statements import credit, csv

pytestmark = pytest.mark.slow
PARAMETERS = {"q", "p", "o", "e", "page", "part"}
HEADINGS = (
    *("交易日期", "交易时间", "借方发生额", "贷方发生额", "<xss>余额"),
    *("对方户名", "<xss>账号", "交易流水号", "<xss>摘要", "附言"),
)
_INPUT = re.compile(r'<(?:input|select|textarea)\b[^>]*\bname="([^"]+)"')


def poisoned(world):
    """Write payloads into everything; return the address of each route, and the columns."""
    addresses = {route: address_of(route, world) for route in ROUTES}
    content = csv([credit(payer=SCRIPT[:90], memo=SCRIPT)], headings=HEADINGS)
    StatementImport.objects.get().file.save("x", ContentFile(content))
    for person in filter(None, world.people.values()):
        NoticeFactory(user=person)
    Client().post(reverse("account_login"), {"login": "<xss onclick=a>", "password": "x"})
    return addresses, poison()


def lookers_at(route):
    """Return everybody who sees the pages of the route."""
    return [each for each in VISITORS if EXPECTED[route][each] == "sees"]


def text_of(response):
    """Return the HTML of a page, nothing of another answer."""
    if response.streaming:
        list(response.streaming_content)  # which closes the file
        return ""
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    return response.text if is_html else ""


def names_in(page):
    return set(_INPUT.findall(page)) - {"csrfmiddlewaretoken"}


class TestPayloads:
    def test_are_shown_as_text_and_handed_back_as_text(self, world):
        addresses, columns = poisoned(world)
        clients = {visitor: browser_of(visitor, world) for visitor in VISITORS}
        pages = {
            (route, looker): text_of(clients[looker].get(addresses[route]))
            for route in ROUTES
            for looker in lookers_at(route)
        }

        answers = {(*way, "shown"): page for way, page in pages.items()}
        for (route, looker), page in pages.items():
            ask, address, names = clients[looker], addresses[route], names_in(page)
            if 'method="get"' in page or route.endswith(("_changelist", "-list")):
                values = dict.fromkeys(PARAMETERS | names, SCRIPT)
                answers[route, looker, "asked"] = text_of(ask.get(address, values))
            if names and 'method="post"' in page:
                values = dict.fromkeys(names, SCRIPT) | {"_form_submitted": "on"}
                answers[route, looker, "sent"] = text_of(ask.post(address, values))

        assert {way: run_by(page) for way, page in answers.items() if run_by(page)} == {}
        assert sum("xss" in unescape(page) for page in pages.values()) > 300
        assert len(answers) > len(pages) + 300
        assert {looker for _route, looker, _way in answers} == {*VISITORS}
        assert {
            "recharges.BankEntry.payer",
            "recharges.BankEntry.reference",
            "recharges.Remittance.payer",
            "partners.Partner.name",
            "partners.Customer.name",
            "partners.ApiKey.name",
            "signatures.ProofDocument.name",
            "users.User.first_name",
            "notices.Notice.params",
        } <= columns

    def test_are_handed_back_as_text_by_addresses_that_do_not_exist(self, client, db):
        for address in (f"/{SCRIPT}", f"/admin/{SCRIPT}/", f"/api/v1/{SCRIPT}", "/errors/<xss>/"):
            assert run_by(client.get(address).text) == []

    @pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_signup"])
    def test_are_handed_back_as_text_before_the_log_in(self, name, client, db):
        for values in ({"next": LINK, "login": SCRIPT}, {"next": SCRIPT, "email": SCRIPT}):
            assert run_by(client.get(reverse(name), values).text) == []
            assert run_by(client.post(reverse(name), values).text) == []
