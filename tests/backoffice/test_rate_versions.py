"""A draft of prices as a table to type in, and what publishing it shows."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from apps.audit.actors import SYSTEM
from apps.common import clock
from apps.rates.models import RateVersion
from apps.rates.services import drafts
from apps.users.choices import StaffRole
from tests.factories.rates import RateTableFactory, RateVersionFactory
from tests.factories.users import StaffFactory

pytestmark = pytest.mark.django_db
COLUMNS = ("from_segments", "unit_price_yuan", "phs_factor", "phs_unit_price_yuan")


@pytest.fixture
def draft():
    RateVersionFactory()
    return drafts.begin(table=RateTableFactory(), starts_at=clock.now(), by=SYSTEM)


@pytest.fixture
def finance():
    return browser(StaffRole.FINANCE)


def browser(role):
    client = Client()
    client.force_login(StaffFactory(staff_role=role))
    return client


def address(version):
    return f"/admin/rates/rateversion/{version.pk}/change/"


def button(name, row):
    return reverse(f"admin:rates_{name}", args=[row.pk])


def typed(*rows, revision=0):
    cells = {name: [row[place] for row in rows] for place, name in enumerate(COLUMNS)}
    return {"starts_at": "2030-01-01T00:00", "revision": revision, **cells}


def shown(version):
    return [(tier.from_segments, tier.unit_price_yuan) for tier in drafts.drafts_of(version)]


class TestGrid:
    def test_shows_the_prices_to_be_edited(self, finance, draft):
        page = finance.get(address(draft)).content.decode()

        assert 'name="from_segments" value="100,000"' in page
        assert 'name="unit_price_yuan" value="0.06"' in page

    def test_saves_all_rows_at_once_and_leaves_empty_ones_out(self, finance, draft):
        rows = [("5万", "0.05", "", "0.06"), ("", "", "", ""), ("１", "¥0.07", "1.2", "")]

        answer = finance.post(address(draft), typed(*rows))

        assert answer.status_code == 302
        assert shown(draft) == [(1, Decimal("0.07")), (50_000, Decimal("0.05"))]

    @pytest.mark.parametrize(
        ("rows", "field"),
        [
            ([("1", "六分", "", "")], "unit_price_yuan"),
            ([("1.5", "0.06", "", "")], "from_segments"),
            ([("", "0.06", "", "")], "from_segments"),
            ([("1", "0.06", "", ""), ("9", "0.07", "", "")], "unit_price_yuan"),
            ([("1", "0.06", "1.2", "0.07")], "phs_unit_price_yuan"),
        ],
        ids=["no number", "a fraction", "missing", "rising", "two PHS prices"],
    )
    def test_marks_the_cell_that_is_wrong_and_keeps_what_was_typed(
        self, finance, draft, rows, field
    ):
        before = shown(draft)

        page = finance.post(address(draft), typed(*rows)).content.decode()

        assert page.count('aria-invalid="true"') == 1
        wrong = page.split('aria-invalid="true"')[0].rpartition("<input")[2]
        assert f'name="{field}"' in wrong
        assert shown(draft) == before

    def test_says_so_when_somebody_else_saved_meanwhile(self, finance, draft):
        finance.post(address(draft), typed(("1", "0.06", "", "")))

        page = finance.post(address(draft), typed(("1", "0.05", "", ""))).content.decode()

        assert "已保存过此草稿" in page
        assert 'value="0.05"' in page
        assert shown(draft) == [(1, Decimal("0.06"))]

    def test_is_not_for_those_who_only_look(self, draft):
        auditor = browser(StaffRole.AUDITOR)

        assert 'id="rate-grid"' not in auditor.get(address(draft)).content.decode()
        assert auditor.post(address(draft), typed(("1", "0.05", "", ""))).status_code == 403

    def test_is_not_for_what_is_published(self, finance):
        version = RateVersionFactory()

        assert 'id="rate-grid"' not in finance.get(address(version)).content.decode()
        finance.post(address(version), typed(("1", "0.05", "", "")))
        assert shown(version)[0] == (1, Decimal("0.06"))


class TestPublishing:
    def test_shows_from_when_it_holds_and_what_changes(self, finance, draft):
        rows = [("1", "0.055", "", ""), ("100000", "0.05", "", "")]
        finance.post(address(draft), typed(*rows))

        dialog = finance.get(button("rateversion_publish", draft)).content.decode()

        assert "2030-01-01 00:00" in dialog
        assert "−¥0.005" in dialog

    def test_leads_back_to_the_table_when_a_draft_is_discarded(self, finance, draft):
        answer = finance.post(button("rateversion_discard", draft), {"_form_submitted": "on"})

        assert answer["Location"] == f"/admin/rates/ratetable/{draft.table_id}/change/"
        assert not RateVersion.objects.filter(pk=draft.pk).exists()

    def test_opens_a_draft_that_was_begun(self, finance):
        table = RateVersionFactory().table

        asked = {"_form_submitted": "on", "starts_at": "2030-01-01T00:00"}
        answer = finance.post(button("ratetable_draft_version", table), asked)

        assert answer["Location"] == address(table.versions.get(status="DRAFT"))


class TestCalculator:
    def test_reckons_at_the_standard_prices(self, finance):
        RateVersionFactory()

        page = finance.get(
            "/admin/rates/calculator/", {"known": "amount", "value": "10000", "partner": ""}
        ).content.decode()

        assert "200,000" in page
