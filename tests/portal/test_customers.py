"""A partner's customers, as its people list, enter, change and close them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from apps.common import clock
from apps.partners.choices import PartnerRole
from apps.partners.models import Customer
from apps.pledges.models import Pledge
from apps.portal.customers.views import PAGE_SIZE
from tests.factories.partners import AccountFactory, CustomerFactory
from tests.factories.pledges import PledgeFactory

LIST = "/customers/"
CODE = "91330110MACH370602"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def customer(qinghe):
    return CustomerFactory(partner=qinghe.partner, name="杭州西溪口腔门诊部有限公司")


def said(**fields):
    return {
        "name": "杭州西溪口腔门诊部有限公司",
        "credit_code": CODE,
        "industry": "HEALTH",
        "audience": "预约就诊的患者",
        "consent": "挂号时勾选同意",
    } | fields


def url(route, row, *more):
    return reverse(f"portal:{route}", args=[row.pk, *more])


def page(client, address, **query):
    return client.get(address, query).content.decode()


def held(customer, *, days):
    today = clock.local_date(clock.now())
    return PledgeFactory(
        customer=customer,
        approved=True,
        valid_from=today - timedelta(days=1),
        valid_until=today + timedelta(days=days),
    )


class TestList:
    def test_says_what_customers_are_where_there_is_none(self, owner):
        assert "还没有客户" in page(owner, LIST)

    @pytest.mark.parametrize("words", ["西溪", CODE, "MACH37060", "赵敏"])
    def test_finds_by_name_code_and_contact(self, owner, qinghe, words):
        CustomerFactory(partner=qinghe.partner, name="杭州西溪口腔门诊部有限公司", credit_code=CODE)
        CustomerFactory(partner=qinghe.partner, name="静安幼儿园", contact_name="李")

        shown = page(owner, LIST, text=words)

        assert "杭州西溪口腔门诊部有限公司" in shown
        assert "静安幼儿园" not in shown

    def test_shows_the_pledge_and_its_days_beside_each(self, owner, customer):
        pledge = held(customer, days=12)

        shown = page(owner, LIST)

        assert pledge.number in shown
        assert f"{pledge.valid_until - timedelta(days=1):%Y-%m-%d}" in shown
        assert "剩 12 天" in shown

    @pytest.mark.parametrize(
        ("state", "names"),
        [
            ("HELD", {"甲店"}),
            ("MISSING", {"乙店", "丙店"}),
            ("WAITING", {"乙店"}),
            ("UNFINISHED", {"丙店"}),
        ],
    )
    def test_narrows_by_pledge(self, owner, qinghe, state, names):
        first, second, third = (
            CustomerFactory(partner=qinghe.partner, name=name) for name in ("甲店", "乙店", "丙店")
        )
        held(first, days=100)
        PledgeFactory(customer=second, submitted=True)
        PledgeFactory(customer=third, rejected=True)

        found = owner.get(LIST, {"pledge": state}).context["page"].rows

        assert {each.customer.name for each in found} == names

    def test_pages(self, owner, qinghe):
        CustomerFactory.create_batch(PAGE_SIZE + 1, partner=qinghe.partner)

        first = owner.get(LIST).context["page"]

        assert len(owner.get(first.older_url).context["page"].rows) == 1

    def test_needs_as_many_queries_for_twenty_as_for_two(
        self, owner, qinghe, django_assert_max_num_queries
    ):
        for rows in (2, 20):
            for customer in CustomerFactory.create_batch(rows, partner=qinghe.partner):
                held(customer, days=100)
            with django_assert_max_num_queries(6):
                owner.get(LIST)


class TestNew:
    def test_is_entered(self, owner, qinghe):
        answer = owner.post("/customers/new/", said())

        customer = Customer.objects.get()
        assert (customer.partner, customer.industry) == (qinghe.partner, "HEALTH")
        assert answer.headers["Location"] == url("customer-detail", customer)

    @pytest.mark.parametrize(
        ("field", "value", "told"),
        [
            ("credit_code", "91330110MACH370603", "91330110MACH370603"),
            ("credit_code", "", "必填"),
            ("name", "", "必填"),
            ("contact_email", "赵敏", "邮"),
        ],
    )
    def test_tells_beside_the_field_what_is_wrong(self, owner, field, value, told):
        form = owner.post("/customers/new/", said(**{field: value})).context["form"]

        assert told in form.errors[field][0]
        assert not Customer.objects.exists()

    def test_tells_that_the_name_is_taken(self, owner, customer):
        form = owner.post("/customers/new/", said(name=customer.name)).context["form"]

        assert customer.name in form.errors["name"][0]

    @pytest.mark.parametrize("role", [PartnerRole.FINANCE, PartnerRole.VIEWER])
    def test_is_for_who_may_write(self, signed_in, role):
        assert signed_in(role).post("/customers/new/", said()).status_code == 403


class TestEdit:
    def test_keeps_the_changes(self, owner, customer):
        owner.post(url("customer-edit", customer), said(credit_code=customer.credit_code))

        customer.refresh_from_db()
        assert customer.audience == "预约就诊的患者"

    def test_keeps_the_company_code(self, owner, customer):
        form = owner.post(url("customer-edit", customer), said()).context["form"]

        assert customer.credit_code in form.errors["credit_code"][0]

    def test_leads_back_to_the_pledge_that_asked(self, owner, customer):
        pledge = PledgeFactory(customer=customer)

        answer = owner.post(
            f"{url('customer-edit', customer)}?pledge={pledge.pk}",
            said(credit_code=customer.credit_code),
        )

        assert answer.headers["Location"] == url("pledge-edit", pledge)


class TestDetail:
    def test_shows_accounts_and_pledges(self, owner, qinghe, customer):
        account = AccountFactory(partner=qinghe.partner, customer=customer)
        pledge = PledgeFactory(customer=customer, rejected=True)

        shown = page(owner, url("customer-detail", customer))

        assert account.code in shown
        assert pledge.number in shown

    def test_names_what_the_pledge_asks_for(self, owner, qinghe):
        customer = CustomerFactory(partner=qinghe.partner, legal_person="", address="")

        assert "法定代表人、地址" in page(owner, url("customer-detail", customer))

    @pytest.mark.parametrize("role", [PartnerRole.FINANCE, PartnerRole.VIEWER])
    def test_offers_no_step_to_who_only_reads(self, signed_in, customer, role):
        assert url("pledge-begin", customer) not in page(
            signed_in(role), url("customer-detail", customer)
        )

    def test_begins_a_pledge(self, owner, customer):
        answer = owner.post(url("pledge-begin", customer))

        assert answer.headers["Location"] == url("pledge-edit", Pledge.objects.get())

    def test_offers_to_renew_the_pledge_that_holds(self, owner, customer):
        pledge = held(customer, days=12)

        assert url("pledge-step", pledge, "renew") in page(owner, url("customer-detail", customer))


class TestClose:
    def test_closes_with_its_reason(self, owner, customer):
        owner.post(url("customer-close", customer), {"reason": "门店停业"})

        customer.refresh_from_db()
        assert (customer.status, customer.status_reason) == ("CLOSED", "门店停业")

    def test_asks_for_the_reason(self, owner, customer):
        form = owner.post(url("customer-close", customer), {"reason": " "}).context["form"]

        assert "reason" in form.errors

    def test_tells_that_an_account_may_still_send(self, owner, qinghe, customer):
        account = AccountFactory(partner=qinghe.partner, customer=customer)

        answer = owner.post(url("customer-close", customer), {"reason": "门店停业"})

        assert account.code in answer.context["form"].non_field_errors()[0]

    def test_opens_again(self, owner, qinghe):
        closed = CustomerFactory(partner=qinghe.partner, closed=True)

        owner.post(url("customer-reopen", closed))

        closed.refresh_from_db()
        assert closed.status == "ACTIVE"


@pytest.mark.parametrize("route", ["customer-close", "customer-reopen", "pledge-begin"])
def test_of_another_partner_is_not_changed(owner, route):
    assert owner.post(url(route, CustomerFactory()), {"reason": "停业"}).status_code == 404
