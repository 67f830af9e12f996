"""Partners, their people, customers and accounts."""

import factory
from stdnum.cn import uscc

from apps.partners.choices import AccountStatus, CustomerStatus, Industry, PartnerRole
from apps.partners.models import Account, Customer, Gateway, Membership, Partner
from tests.factories.users import UserFactory

FIRMS = (
    "北京青禾软件有限公司",
    "上海远帆信息技术有限公司",
    "成都蜀云科技有限公司",
    "广州岭南数据有限公司",
)
SHOPS = ("朝阳区惠民大药房", "静安口腔门诊部", "锦江幼儿园", "天河汽车维修中心")


def _named(names: tuple[str, ...], number: int) -> str:
    """Return a different firm for every number; the first four without a branch."""
    branch, place = divmod(number, len(names))
    return names[place] + (f"第{branch}分公司" if branch else "")


def _credit_code(number: int) -> str:
    """Return a different valid company code for every number."""
    base = f"91110000{number:09}"
    return base + uscc.calc_check_digit(base)


class GatewayFactory(factory.django.DjangoModelFactory):
    """The gateway itself: the one row, with everything that documents print."""

    class Meta:
        model = Gateway
        django_get_or_create = ("id",)

    id = 1
    name = "北京信达通联科技有限公司"
    phone = "010-80001234"
    fax = "010-80001235"
    postcode = "100085"
    address = "北京市海淀区上地信息路 12 号 3 层"
    bank_name = "中国工商银行北京上地支行"
    bank_account = "0200 0045 1902 0000 123"
    contact_name = "陈静"
    email = "service@gateway.example"


class PartnerFactory(factory.django.DjangoModelFactory):
    """A software vendor that resells messages."""

    class Meta:
        model = Partner

    name = factory.Sequence(lambda number: _named(FIRMS, number))
    phone = "010-62345678"
    postcode = "100085"
    address = "北京市海淀区上地十街1号"


class MembershipFactory(factory.django.DjangoModelFactory):
    """The place of a person at a partner: its owner."""

    class Meta:
        model = Membership

    partner = factory.SubFactory(PartnerFactory)
    user = factory.SubFactory(UserFactory)
    role = PartnerRole.OWNER


class CustomerFactory(factory.django.DjangoModelFactory):
    """An end customer of a partner, with all its particulars."""

    class Meta:
        model = Customer

    partner = factory.SubFactory(PartnerFactory)
    name = factory.Sequence(lambda number: _named(SHOPS, number))
    credit_code = factory.Sequence(_credit_code)
    legal_person = "赵敏"
    address = "北京市朝阳区建国路 88 号"
    contact_name = "赵敏"
    contact_phone = "010-62345678"
    contact_email = "zhao.min@shop.example"
    industry = Industry.RETAIL
    audience = "会员"
    consent = "入会时书面同意"

    class Params:
        closed = factory.Trait(status=CustomerStatus.CLOSED, status_reason="门店停业")


class AccountFactory(factory.django.DjangoModelFactory):
    """A partner's own account, active; with `of_customer` one opened for a customer."""

    class Meta:
        model = Account

    code = factory.Sequence("TCLKJ1{:04}".format)  # apart from those that tests name
    partner = factory.SubFactory(PartnerFactory)
    status = AccountStatus.ACTIVE

    class Params:
        suspended = factory.Trait(status=AccountStatus.SUSPENDED, status_reason="违规内容")
        closed = factory.Trait(status=AccountStatus.CLOSED, status_reason="合作终止")
        of_customer = factory.Trait(
            customer=factory.SubFactory(CustomerFactory, partner=factory.SelfAttribute("..partner"))
        )
