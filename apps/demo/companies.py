"""The two partners of the demonstration set, with contract and keys."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.demo import contracts, people
from apps.demo.contracts import Deal
from apps.demo.people import Login, Person
from apps.partners.choices import KeyMode, PartnerRole
from apps.partners.models import Account, Gateway, Partner
from apps.partners.services import accounts, api_keys, partners

BANK_ACCOUNT = "0200 0045 1902 0000 123"  # the gateway's


@dataclass(frozen=True, kw_only=True, slots=True)
class Firm:
    """The particulars of a company."""

    name: str
    credit_code: str
    phone: str
    postcode: str
    address: str
    deal: Deal
    people: tuple[Person, ...]


YUNFAN = Firm(
    name="杭州云帆软件有限公司",
    credit_code="91330106MA8BG0E70K",
    phone="0571-80001288",
    postcode="310012",
    address="浙江省杭州市西湖区文三路 138 号",
    deal=Deal(signature="云帆软件", segments=200_000, unit_price_yuan=Decimal("0.05")),
    people=(
        Person("yunfan-owner", "王", "建国", PartnerRole.OWNER),
        Person("yunfan-finance", "李", "秀英", PartnerRole.FINANCE),
        Person("yunfan-operator", "赵", "亮", PartnerRole.OPERATOR),
        Person("yunfan-viewer", "吴", "倩", PartnerRole.VIEWER),
    ),
)
QINGHE = Firm(
    name="南京青禾信息技术有限公司",
    credit_code="91320102MA153BF70B",
    phone="025-80006677",
    postcode="210018",
    address="江苏省南京市玄武区珠江路 88 号",
    deal=Deal(signature="青禾云店", segments=40_000, unit_price_yuan=Decimal("0.065")),
    people=(
        Person("qinghe-owner", "刘", "洋", PartnerRole.OWNER),
        Person("qinghe-operator", "徐", "丽", PartnerRole.OPERATOR),
    ),
)
SECURITY_RULES = """短信内容由业务人员编写，部门主管复核，运营负责人批准后发送；每批发送留存经办人和审批人。
账户、密码和接口密钥由专人保管，每季度更换；客户号码加密存放，仅授权人员可以查看。
信息安全责任人为法定代表人，发现违规内容立即停止发送，并在当日通知网关服务方。"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Client:
    """A partner that may send, with what its people and its software sign in with."""

    partner: Partner
    account: Account
    actors: dict[str, Actor]
    logins: list[Login]
    api_key: str
    test_api_key: str
    legacy_password: str

    @property
    def owner(self) -> Actor:
        """Who may do everything for the partner."""
        return self.actors[PartnerRole.OWNER]


def name_gateway(*, by: Actor) -> None:
    """Fill in the particulars of the gateway, which documents print."""
    with act("partners.gateway.add", by=by):
        Gateway.objects.create(
            name="北京信达通联科技有限公司",
            phone="010-80001234",
            fax="010-80001235",
            postcode="100085",
            address="北京市海淀区上地信息路 12 号 3 层",
            bank_name="中国工商银行北京上地支行",
            bank_account=BANK_ACCOUNT,
            contact_name="陈静",
            email="service@gateway.example",
        )


def sign_up(firm: Firm, *, team: dict[str, Actor], at: datetime) -> Client:
    """Register a partner, activate its agreement, open its account and make its keys."""
    admin = team["admin"]
    partner = partners.create(
        name=firm.name,
        credit_code=firm.credit_code,
        phone=firm.phone,
        postcode=firm.postcode,
        address=firm.address,
        by=admin,
    )
    actors, logins = people.join(partner, firm.people, by=admin)
    contracts.conclude(partner, firm.deal, team=team, at=at)
    account = partner.accounts.get(customer=None)  # Opened with the agreement.
    owner = actors[PartnerRole.OWNER]
    partners.state_security_rules(partner_id=partner.pk, rules=SECURITY_RULES, by=owner, at=at)
    return Client(
        partner=partner,
        account=account,
        actors=actors,
        logins=logins,
        api_key=key(account, name="生产系统", mode=KeyMode.LIVE, by=owner),
        test_api_key=key(account, name="联调", mode=KeyMode.TEST, by=owner),
        legacy_password=accounts.set_legacy_password(account_id=account.pk, by=owner),
    )


def key(account: Account, *, name: str, mode: KeyMode, by: Actor) -> str:
    """Make a key of an account and return its text."""
    return api_keys.issue(account=account, name=name, mode=mode, by=by)[1]
