import pytest

from apps.audit.actors import SYSTEM
from apps.partners.choices import PartnerRole
from apps.partners.models import Customer, Partner
from apps.partners.services import partners
from tests.factories.partners import CustomerFactory, MembershipFactory, PartnerFactory
from tests.factories.users import StaffFactory, UserFactory

pytestmark = pytest.mark.django_db

CREDIT_CODE = "91110000600037341L"


class TestCreate:
    def test_registers_with_a_checked_company_code(self):
        partner = partners.create(
            name="北京青禾软件有限公司", credit_code="9111 0000 6000 37341l", by=SYSTEM
        )

        assert Partner.objects.get() == partner
        assert partner.credit_code == CREDIT_CODE

    def test_refuses_a_name_that_is_taken(self):
        with pytest.raises(partners.PartnerExistsError):
            partners.create(name=PartnerFactory().name, by=SYSTEM)

    def test_refuses_a_wrong_check_digit(self):
        with pytest.raises(partners.CreditCodeError):
            partners.create(name="青禾", credit_code="91110000600037341M", by=SYSTEM)


class TestAddMember:
    def test_gives_a_place(self):
        partner, user = PartnerFactory(), UserFactory()

        member = partners.add_member(
            partner=partner, user=user, role=PartnerRole.FINANCE, by=SYSTEM
        )

        assert (member.partner, user.membership.role) == (partner, "FINANCE")

    def test_refuses_staff_of_the_gateway(self):
        with pytest.raises(partners.StaffMemberError):
            partners.add_member(
                partner=PartnerFactory(), user=StaffFactory(), role=PartnerRole.OWNER, by=SYSTEM
            )

    def test_refuses_a_second_place(self):
        user = MembershipFactory().user

        with pytest.raises(partners.AlreadyMemberError):
            partners.add_member(
                partner=PartnerFactory(), user=user, role=PartnerRole.OWNER, by=SYSTEM
            )


class TestAddCustomer:
    def test_registers_a_customer_once_per_partner(self):
        customer = CustomerFactory()

        with pytest.raises(partners.CustomerExistsError):
            partners.add_customer(partner=customer.partner, name=customer.name, by=SYSTEM)
        partners.add_customer(partner=PartnerFactory(), name=customer.name, by=SYSTEM)

        assert Customer.objects.count() == 2


class TestVisibleTo:
    def test_shows_people_their_partner_and_staff_all(self):
        mine, _other = PartnerFactory.create_batch(2)
        person = MembershipFactory(partner=mine).user

        assert list(Partner.objects.visible_to(person)) == [mine]
        assert Partner.objects.visible_to(StaffFactory()).count() == 2
