from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from apps.audit.actors import SYSTEM
from apps.partners.choices import CustomerStatus as S
from apps.partners.models import Customer
from apps.partners.services import accounts, credit_codes, customers
from apps.partners.services.customers import Particulars
from tests.factories.partners import (
    AccountFactory,
    CustomerFactory,
    MembershipFactory,
    PartnerFactory,
)
from tests.factories.users import StaffFactory
from tests.racing import race

CODE, OTHER_CODE = "91110000600037341L", "91330106MA8BG0E70K"
PHARMACY = Particulars(name="惠民大药房", credit_code=CODE, legal_person="赵敏")
VERBS = {
    "edit": lambda customer: customers.edit(
        customer_id=customer.pk, particulars=Particulars.of(customer), by=SYSTEM
    ),
    "close": lambda customer: customers.close(customer_id=customer.pk, by=SYSTEM, reason="停业"),
    "reopen": lambda customer: customers.reopen(customer_id=customer.pk, by=SYSTEM),
}
ALLOWED = {
    (S.ACTIVE, "edit"): S.ACTIVE,
    (S.ACTIVE, "close"): S.CLOSED,
    (S.CLOSED, "reopen"): S.ACTIVE,
}


@pytest.mark.django_db
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", S)
def test_table(status, verb):
    customer = CustomerFactory(status=status)
    before = Customer.objects.values().get()

    if (status, verb) in ALLOWED:
        VERBS[verb](customer)
        assert Customer.objects.get().status == ALLOWED[status, verb]
        return
    with pytest.raises(customers.CustomerStateError):
        VERBS[verb](customer)
    assert Customer.objects.values().get() == before


@pytest.mark.django_db
class TestCreate:
    def test_keeps_the_code_without_blanks_and_in_capitals(self):
        particulars = replace(PHARMACY, credit_code=" 9111 0000 6000 37341l ")

        customer = customers.create(partner=PartnerFactory(), particulars=particulars, by=SYSTEM)

        assert (customer.credit_code, customer.legal_person) == (CODE, "赵敏")

    @pytest.mark.parametrize(
        ("code", "error"),
        [
            pytest.param("", customers.CustomerCodeMissingError, id="none"),
            pytest.param(CODE[:-1] + "M", credit_codes.CreditCodeError, id="wrong check digit"),
            pytest.param("60003734-1", credit_codes.CreditCodeError, id="old organisation code"),
        ],
    )
    def test_refuses_a_code_that_is_none(self, code, error):
        with pytest.raises(error):
            customers.create(
                partner=PartnerFactory(), particulars=replace(PHARMACY, credit_code=code), by=SYSTEM
            )

    @pytest.mark.parametrize("same", [{"name": "惠民大药房"}, {"credit_code": CODE}])
    def test_refuses_a_name_or_code_that_the_partner_has(self, same):
        customer = CustomerFactory(**same)

        with pytest.raises(customers.CustomerExistsError, match=customer.name):
            customers.create(partner=customer.partner, particulars=PHARMACY, by=SYSTEM)

    def test_another_partner_may_have_the_same(self):
        CustomerFactory(name=PHARMACY.name, credit_code=CODE)

        customers.create(partner=PartnerFactory(), particulars=PHARMACY, by=SYSTEM)

        assert Customer.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_at_once_enter_it_once():
    partner = PartnerFactory()

    answers = race(
        *[lambda: customers.create(partner=partner, particulars=PHARMACY, by=SYSTEM)] * 2
    )

    assert Customer.objects.count() == 1
    assert sum(isinstance(each, customers.CustomerExistsError) for each in answers) == 1


@pytest.mark.django_db
class TestEdit:
    def test_puts_the_new_particulars_in_place(self):
        customer = CustomerFactory()
        particulars = replace(Particulars.of(customer), address="北京市东城区", industry="HEALTH")

        customers.edit(customer_id=customer.pk, particulars=particulars, by=SYSTEM)

        customer.refresh_from_db()
        assert (customer.address, customer.industry) == ("北京市东城区", "HEALTH")

    def test_refuses_another_company(self):
        customer = CustomerFactory(credit_code=CODE)
        particulars = replace(Particulars.of(customer), credit_code=OTHER_CODE)

        with pytest.raises(customers.CustomerCodeFixedError):
            customers.edit(customer_id=customer.pk, particulars=particulars, by=SYSTEM)

    def test_adds_the_code_where_it_was_missing(self):
        customer = CustomerFactory(credit_code="")
        particulars = replace(Particulars.of(customer), credit_code=CODE)

        customer = customers.edit(customer_id=customer.pk, particulars=particulars, by=SYSTEM)

        assert customer.credit_code == CODE

    def test_writes_who_did_it_into_the_history(self):
        customer, staff = CustomerFactory(), StaffFactory()
        particulars = replace(Particulars.of(customer), contact_name="钱晓雯")

        customers.edit(customer_id=customer.pk, particulars=particulars, by=staff.as_actor())

        context = customer.events.order_by("-pgh_id").first().pgh_context.metadata
        assert (context["act"], context["actor_id"]) == ("customers.edit", staff.pk)


@pytest.mark.django_db
class TestClose:
    def test_refuses_while_an_account_may_send(self):
        account = AccountFactory(of_customer=True)

        with pytest.raises(customers.CustomerSendsError, match=account.code):
            customers.close(customer_id=account.customer_id, by=SYSTEM, reason="停业")

    def test_its_account_is_not_resumed_nor_another_opened(self):
        account = AccountFactory(of_customer=True, suspended=True)
        customers.close(customer_id=account.customer_id, by=SYSTEM, reason="停业")

        with pytest.raises(customers.CustomerStateError):
            accounts.resume(account_id=account.pk, by=SYSTEM)
        with pytest.raises(customers.CustomerStateError):
            accounts.open_for_customer(customer=account.customer, by=SYSTEM, at=account.created_at)

    def test_needs_a_reason(self):
        with pytest.raises(customers.CustomerReasonMissingError):
            customers.close(customer_id=CustomerFactory().pk, by=SYSTEM, reason=" ")


@pytest.mark.django_db(transaction=True)
def test_closing_and_resuming_at_once_leaves_no_closed_customer_that_sends():
    account = AccountFactory(of_customer=True, suspended=True)

    race(
        lambda: customers.close(customer_id=account.customer_id, by=SYSTEM, reason="停业"),
        lambda: accounts.resume(account_id=account.pk, by=SYSTEM),
    )

    account.refresh_from_db()
    customer = Customer.objects.get()
    assert (customer.status, account.status) in {("CLOSED", "SUSPENDED"), ("ACTIVE", "ACTIVE")}


@pytest.mark.django_db
class TestMatching:
    @pytest.mark.parametrize("text", ["大药房", "60003734-1", "600037341", "赵", "zhao.min@", ""])
    def test_finds_by_name_code_contact_and_email(self, text):
        customer = CustomerFactory(name="惠民大药房", credit_code=CODE, contact_name="赵敏")

        assert list(Customer.objects.matching(text)) == [customer]

    def test_finds_nothing_else(self):
        CustomerFactory()

        assert not Customer.objects.matching("幼儿园旁边").exists()


@pytest.mark.django_db
def test_visible_to_their_partner_and_staff_alone():
    mine, _other = CustomerFactory.create_batch(2)
    person = MembershipFactory(partner=mine.partner).user

    assert list(Customer.objects.visible_to(person)) == [mine]
    assert Customer.objects.visible_to(StaffFactory()).count() == 2


@given(st.text(alphabet="0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17))
def test_one_check_digit_alone_makes_a_code(base):
    right = uscc.calc_check_digit(base)
    taken = []
    for digit in "0123456789ABCDEFGHJKLMNPQRTUWXY":
        try:
            taken.append(credit_codes.checked(base + digit))
        except credit_codes.CreditCodeError:
            continue

    assert taken in ([], [base + right])
