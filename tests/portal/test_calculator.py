from decimal import Decimal

import pytest

from apps.partners.choices import PartnerRole
from tests.factories.rates import RateTableFactory, RateVersionFactory


@pytest.fixture
def version(db):
    return RateVersionFactory()


def ask(browser, known, value, **headers):
    query = {"known": known, "value": value}
    return browser.get("/calculator/", query, headers=headers).content.decode()


class TestCalculator:
    def test_shows_the_prices_in_force(self, owner, version):
        page = owner.get("/calculator/").content.decode()

        assert "¥0.06" in page
        assert "100,000" in page
        assert "标准资费表" in page

    def test_says_what_an_amount_buys_and_what_the_next_tier_brings(self, owner, version):
        page = ask(owner, "amount", "¥4,990.01")

        assert "83,166" in page
        assert "¥0.05 " in page
        assert "16,834" in page
        assert "¥1,000.00" in page

    def test_says_that_more_may_cost_less(self, owner, version):
        assert "¥999.94" in ask(owner, "quantity", "99999")

    def test_reckons_at_the_partners_own_prices(self, owner, qinghe, version):
        table = RateTableFactory(partner=qinghe.partner)
        RateVersionFactory(table=table, tiers={1: Decimal("0.04")})

        assert "¥4,000.00" in ask(owner, "quantity", "10万")

    def test_gives_htmx_the_answer_alone(self, owner, version):
        answer = ask(owner, "amount", "100", HX_Request="true")

        assert "1,666" in answer
        assert "<html" not in answer

    @pytest.mark.parametrize(
        ("known", "value", "why"),
        [
            ("quantity", "1.5", "1 到 999,999,999"),
            ("quantity", "0", "1 到 999,999,999"),
            ("amount", "1.001", "两位小数"),
            ("amount", "99999999999", "两位小数"),
            ("amount", "0.01", "最小"),
        ],
    )
    def test_says_in_place_what_is_wrong(self, owner, version, known, value, why):
        assert why in ask(owner, known, value, HX_Request="true")

    @pytest.mark.parametrize("value", ["x", "NaN", "1e999", ""])
    def test_takes_nonsense_calmly(self, owner, version, value):
        assert "calculator-error" in ask(owner, "quantity", value, HX_Request="true")

    def test_says_so_when_there_are_no_prices(self, owner):
        assert "暂无资费" in owner.get("/calculator/").content.decode()

    def test_is_closed_to_operators(self, signed_in):
        assert signed_in(PartnerRole.OPERATOR).get("/calculator/").status_code == 403
