"""`GET /accounts`, `GET|PATCH /accounts/{code}`: credit, forecast and warnings."""

import json

import pytest
from django.test import Client

from tests.factories.partners import AccountFactory
from tests.factories.senders import make_caller

ACCOUNTS = "/api/v1/accounts"


@pytest.fixture
def customers_account(caller):
    return AccountFactory(partner=caller.account.partner, of_customer=True)


def patch(caller, account, body):
    return Client().patch(
        f"{ACCOUNTS}/{account.code}",
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {caller.plain}", "Accept-Language": "en"},
    )


def codes(answer):
    return [row["code"] for row in answer.json()["data"]]


class TestList:
    def test_shows_all_accounts_of_the_partner_with_their_credit(self, caller, customers_account):
        answer = caller.get(ACCOUNTS).json()

        assert answer["next"] is None
        assert answer["data"][0] == {
            "code": caller.account.code, "customer": None, "status": "active",
            "available": 1000, "held": 0, "spent": 0, "issued": 1000,
            "alert_below": None, "days_left": None,
        }  # fmt: skip
        assert answer["data"][1]["customer"] == customers_account.customer.name

    def test_shows_nothing_of_another_partner(self, caller, stranger):
        assert codes(caller.get(ACCOUNTS)) == [caller.account.code]

    def test_shows_a_customers_key_its_own_account_alone(self, caller, customers_account):
        customer = make_caller(customers_account)

        assert codes(customer.get(ACCOUNTS)) == [customers_account.code]

    def test_pages_by_cursor(self, caller, customers_account):
        first = caller.get(ACCOUNTS, {"limit": 1}).json()

        second = caller.get(ACCOUNTS, {"limit": 1, "cursor": first["next"]})

        assert codes(second) == [customers_account.code]
        assert second.json()["next"] is None

    def test_needs_as_many_queries_for_twenty_as_for_two(
        self, caller, django_assert_max_num_queries
    ):
        for rows in (2, 20):
            while caller.account.partner.accounts.count() < rows:
                AccountFactory(partner=caller.account.partner, of_customer=True)
            with django_assert_max_num_queries(4):
                caller.get(ACCOUNTS)


class TestOne:
    def test_is_shown(self, caller):
        answer = caller.get(f"{ACCOUNTS}/{caller.account.code}")

        assert answer.json()["available"] == 1000

    @pytest.mark.parametrize("code", ["nothing", "x%00y"])
    def test_that_does_not_exist_is_not_found(self, caller, code):
        assert caller.get(f"{ACCOUNTS}/{code}").status_code == 404

    def test_of_another_partner_is_not_found(self, caller, stranger):
        assert caller.get(f"{ACCOUNTS}/{stranger.account.code}").status_code == 404


class TestWarning:
    def test_is_set_and_shown(self, caller, customers_account):
        answer = patch(caller, customers_account, {"alert_below": 500})

        assert answer.json()["alert_below"] == 500
        assert caller.get(f"{ACCOUNTS}/{customers_account.code}").json()["alert_below"] == 500

    def test_is_taken_away(self, caller):
        patch(caller, caller.account, {"alert_below": 500})

        assert patch(caller, caller.account, {"alert_below": None}).json()["alert_below"] is None

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"alert_below": 0}, "alert_below"),
            ({"alert_below": "500"}, "alert_below"),
            ({}, "alert_below"),
            ({"alert_below": 5, "status": "closed"}, "status"),
        ],
    )
    def test_names_the_field_that_is_wrong(self, caller, body, field):
        answer = patch(caller, caller.account, body)

        assert answer.status_code == 422
        assert list(answer.json()["errors"]) == [field]

    def test_needs_the_scope_to_manage(self, caller):
        reader = make_caller(caller.account, scopes=("ledger:read",))

        assert patch(reader, caller.account, {"alert_below": 5}).json()["code"] == "scope_missing"
        assert reader.get(f"{ACCOUNTS}/{caller.account.code}").status_code == 200
