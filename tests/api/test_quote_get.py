"""`GET /rates/quote`: what an amount buys, or what a quantity costs."""

from decimal import Decimal

import pytest

from tests.factories.rates import RateTableFactory, RateVersionFactory
from tests.factories.senders import make_caller

QUOTE = "/api/v1/rates/quote"


@pytest.fixture
def version(db):
    return RateVersionFactory()


def test_of_an_amount_says_what_it_buys_and_what_the_next_tier_brings(caller, version):
    assert caller.get(QUOTE, {"amount": "4990.01"}).json() == {
        "segments": 83_166,
        "amount": "4990.01",
        "unit_price": "0.06",
        "remainder": "0.05",
        "tier": {"from_segments": 1, "unit_price": "0.06", "phs_unit_price": "0.06"},
        "next_tier": {
            "from_segments": 100_000,
            "unit_price": "0.05",
            "phs_unit_price": "0.05",
            "amount": "5000.00",
            "more_segments": 16_834,
            "more_amount": "9.99",
            "saved": "1000.00",
        },
        "rates": {
            "table": "标准资费表",
            "own": False,
            "starts_at": "2026-01-01T08:00:00.000+08:00",
            "ends_at": None,
        },
    }


def test_of_a_quantity_says_what_it_costs(caller, version):
    answer = caller.get(QUOTE, {"quantity": "100000"}).json()

    assert (answer["segments"], answer["amount"], answer["next_tier"]) == (100_000, "5000.00", None)


def test_is_at_the_partners_own_prices(caller, version):
    table = RateTableFactory(partner=caller.account.partner)
    RateVersionFactory(table=table, tiers={1: Decimal("0.0425")})

    answer = caller.get(QUOTE, {"quantity": "3"}).json()

    assert (answer["amount"], answer["remainder"]) == ("0.13", "0.0025")
    assert answer["rates"]["own"] is True


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({}, {"quantity", "amount"}),
        ({"quantity": "1", "amount": "1"}, {"quantity", "amount"}),
        ({"quantity": "0"}, {"quantity"}),
        ({"quantity": "1.5"}, {"quantity"}),
        ({"quantity": "1000000000"}, {"quantity"}),
        ({"amount": "0.00"}, {"amount"}),
        ({"amount": "1.001"}, {"amount"}),
        ({"amount": "-1"}, {"amount"}),
        ({"amount": "１0"}, {"amount"}),
    ],
)
def test_names_the_parameter_that_is_wrong(caller, version, query, fields):
    answer = caller.get(QUOTE, query)

    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == fields


def test_says_what_the_smallest_purchase_is(caller, db):
    RateVersionFactory(tiers={1_000: Decimal("0.06")})

    answer = caller.get(QUOTE, {"quantity": "999"})

    assert (answer.status_code, answer.json()["code"]) == (422, "below_lowest_tier")
    assert "1,000 segments for 60.00 yuan" in answer.json()["detail"]


def test_without_prices_there_is_none(caller):
    assert caller.get(QUOTE, {"quantity": "1"}).json()["code"] == "no_rate"


def test_needs_the_scope_to_read_money(db, version):
    sender = make_caller(scopes=("messages:send",))

    assert sender.get(QUOTE, {"quantity": "1"}).json()["code"] == "scope_missing"
