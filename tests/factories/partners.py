"""Partners, their people, customers and accounts."""

import factory

from apps.partners.choices import AccountStatus, PartnerRole
from apps.partners.models import Account, Customer, Membership, Partner
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
    """An end customer of a partner."""

    class Meta:
        model = Customer

    partner = factory.SubFactory(PartnerFactory)
    name = factory.Sequence(lambda number: _named(SHOPS, number))
    contact = "赵敏"
    industry = "零售"
    audience = "会员"
    consent = "入会时书面同意"


class AccountFactory(factory.django.DjangoModelFactory):
    """A partner's own account, active; with `of_customer` one opened for a customer."""

    class Meta:
        model = Account

    code = factory.Sequence("TCLKJ{:05}".format)
    partner = factory.SubFactory(PartnerFactory)
    status = AccountStatus.ACTIVE

    class Params:
        suspended = factory.Trait(status=AccountStatus.SUSPENDED, status_reason="违规内容")
        closed = factory.Trait(status=AccountStatus.CLOSED, status_reason="合作终止")
        of_customer = factory.Trait(
            customer=factory.SubFactory(CustomerFactory, partner=factory.SelfAttribute("..partner"))
        )
