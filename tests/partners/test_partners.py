from datetime import UTC, datetime

import pytest

from apps.audit.actors import SYSTEM
from apps.partners.choices import PartnerRole
from apps.partners.models import Partner
from apps.partners.services import credit_codes, partners
from tests.factories.partners import MembershipFactory, PartnerFactory
from tests.factories.users import StaffFactory, UserFactory

pytestmark = pytest.mark.django_db

CREDIT_CODE = "91110000600037341L"
AT = datetime(2026, 3, 2, tzinfo=UTC)


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
        with pytest.raises(credit_codes.CreditCodeError):
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


class TestEdit:
    def test_puts_the_new_particulars_in_place(self):
        partner = PartnerFactory()

        partners.edit(partner_id=partner.pk, name=partner.name, fax="010-62345679", by=SYSTEM)

        partner.refresh_from_db()
        assert (partner.fax, partner.phone) == ("010-62345679", "")

    def test_refuses_the_name_of_another(self):
        partner, other = PartnerFactory.create_batch(2)

        with pytest.raises(partners.PartnerExistsError):
            partners.edit(partner_id=partner.pk, name=other.name, by=SYSTEM)


class TestStateSecurityRules:
    def test_keeps_what_the_partner_says_and_when(self):
        partner = PartnerFactory()

        partners.state_security_rules(
            partner_id=partner.pk, rules="内容由主管复核后发送。", by=SYSTEM, at=AT
        )

        partner.refresh_from_db()
        assert (partner.security_rules, partner.security_rules_stated_at) == (
            "内容由主管复核后发送。",
            AT,
        )

    def test_refuses_a_blank_one(self):
        with pytest.raises(partners.SecurityRulesMissingError):
            partners.state_security_rules(
                partner_id=PartnerFactory().pk, rules=" ", by=SYSTEM, at=AT
            )


class TestVisibleTo:
    def test_shows_people_their_partner_and_staff_all(self):
        mine, _other = PartnerFactory.create_batch(2)
        person = MembershipFactory(partner=mine).user

        assert list(Partner.objects.visible_to(person)) == [mine]
        assert Partner.objects.visible_to(StaffFactory()).count() == 2
