"""`GET|POST /customers`, `GET|PATCH /customers/{id}`: the partner's customers."""

import pytest

from apps.partners.models import Customer
from tests.factories.partners import AccountFactory, CustomerFactory
from tests.factories.senders import make_caller

CUSTOMERS = "/api/v1/customers"
SHOP = {"name": "杭州半山书店有限公司", "credit_code": "91110000000000099K"}


@pytest.fixture
def customer(caller):
    return CustomerFactory(partner=caller.account.partner)


@pytest.fixture
def customers_key(caller, customer):
    """The software of that customer's account."""
    return make_caller(AccountFactory(partner=caller.account.partner, customer=customer))


def enter(caller, body=None, **headers):
    return caller.post(SHOP | (body or {}), path=CUSTOMERS, **headers)


def ids(answer):
    return [row["id"] for row in answer.json()["data"]]


class TestList:
    def test_shows_the_partners_customers_the_newest_first(self, caller, stranger, customer):
        CustomerFactory(partner=stranger.account.partner)
        newer = CustomerFactory(partner=caller.account.partner)

        assert ids(caller.get(CUSTOMERS)) == [f"cus_{newer.pk}", f"cus_{customer.pk}"]

    def test_shows_a_customers_key_that_customer_alone(self, caller, customer, customers_key):
        CustomerFactory(partner=caller.account.partner)

        assert ids(customers_key.get(CUSTOMERS)) == [f"cus_{customer.pk}"]

    def test_pages_by_cursor(self, caller, customer):
        newer = CustomerFactory(partner=caller.account.partner)
        first = caller.get(CUSTOMERS, {"limit": 1})

        second = caller.get(CUSTOMERS, {"limit": 1, "cursor": first.json()["next"]})

        assert (ids(first), ids(second)) == ([f"cus_{newer.pk}"], [f"cus_{customer.pk}"])
        assert second.json()["next"] is None


class TestOne:
    def test_is_shown(self, caller, customer):
        shown = caller.get(f"{CUSTOMERS}/cus_{customer.pk}").json()

        assert (shown["name"], shown["status"]) == (customer.name, "active")
        assert shown["industry"] == "retail"

    def test_of_another_partner_is_not_found(self, stranger, customer):
        path = f"{CUSTOMERS}/cus_{customer.pk}"

        assert stranger.get(path).status_code == 404
        assert stranger.patch(path, {"address": "x"}).status_code == 404

    def test_is_not_found_by_the_key_of_another_customer(self, caller, customers_key):
        other = CustomerFactory(partner=caller.account.partner)

        assert customers_key.get(f"{CUSTOMERS}/cus_{other.pk}").status_code == 404


class TestEntering:
    def test_is_answered_with_the_customer(self, caller):
        answer = enter(caller, {"industry": "retail", "contact_email": "zhao@shop.example"})

        made = Customer.objects.get()
        assert answer.status_code == 201
        assert answer.json()["id"] == f"cus_{made.pk}"
        assert (made.partner, made.industry) == (caller.account.partner, "RETAIL")

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"name": " "}, "name"),
            ({"name": "字" * 101}, "name"),
            ({"credit_code": ""}, "credit_code"),
            ({"credit_code": "911100000000000990"}, "credit_code"),
            ({"industry": "spam"}, "industry"),
            ({"contact_email": "x"}, "contact_email"),
            ({"contact_email": 1}, "contact_email"),
            ({"address": None}, "address"),
            ({"status": "closed"}, "status"),
        ],
    )
    def test_names_the_field_that_is_wrong(self, caller, body, field):
        answer = enter(caller, body)

        assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])
        assert not Customer.objects.exists()

    def test_of_one_that_is_there_is_a_conflict(self, caller, customer):
        answer = enter(caller, {"name": customer.name})

        assert (answer.status_code, answer.json()["code"]) == (409, "customer_exists")
        assert list(answer.json()["errors"]) == ["name"]

    def test_is_done_once_under_a_key(self, caller):
        first = enter(caller, Idempotency_Key="a")

        assert enter(caller, Idempotency_Key="a").content == first.content
        assert Customer.objects.count() == 1

    def test_by_a_customers_key_is_refused(self, customers_key):
        answer = enter(customers_key)

        assert (answer.status_code, answer.json()["code"]) == (403, "own_account_needed")

    def test_by_a_test_key_is_refused(self, sandbox):
        assert enter(sandbox).json()["code"] == "live_key_needed"


class TestChange:
    def test_keeps_what_is_not_named(self, caller, customer):
        answer = caller.patch(f"{CUSTOMERS}/cus_{customer.pk}", {"address": "杭州市西湖区"})

        assert answer.json()["address"] == "杭州市西湖区"
        assert answer.json()["name"] == customer.name

    def test_of_the_company_code_is_a_conflict(self, caller, customer):
        answer = caller.patch(
            f"{CUSTOMERS}/cus_{customer.pk}", {"credit_code": SHOP["credit_code"]}
        )

        assert (answer.status_code, answer.json()["code"]) == (409, "customer_code_fixed")

    def test_of_a_closed_one_is_a_conflict(self, caller):
        closed = CustomerFactory(partner=caller.account.partner, closed=True)

        answer = caller.patch(f"{CUSTOMERS}/cus_{closed.pk}", {"address": "x"})

        assert (answer.status_code, answer.json()["code"]) == (409, "customer_wrong_state")

    def test_by_the_customers_own_key_is_refused(self, customers_key, customer):
        answer = customers_key.patch(f"{CUSTOMERS}/cus_{customer.pk}", {"address": "x"})

        assert answer.json()["code"] == "own_account_needed"
