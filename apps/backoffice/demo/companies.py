"""The two partners of the demonstration set, with contract, signatures, customers and keys."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from apps.agreements.choices import RefundRule
from apps.agreements.services import agreements
from apps.audit.actors import Actor
from apps.backoffice.demo import papers, people
from apps.backoffice.demo.people import Login, Person
from apps.common.clock import local_date
from apps.partners.choices import KeyMode, PartnerRole
from apps.partners.models import Account, Customer, Partner
from apps.partners.services import accounts, api_keys, partners
from apps.pledges.services import pledges
from apps.signatures.choices import ProofType, Source
from apps.signatures.services import applications, signatures

TERM = timedelta(days=365)


@dataclass(frozen=True, kw_only=True, slots=True)
class Firm:
    """The particulars of a company."""

    name: str
    credit_code: str
    phone: str
    postcode: str
    address: str
    people: tuple[Person, ...]


YUNFAN = Firm(
    name="杭州云帆软件有限公司",
    credit_code="91330106MA8BG0E70K",
    phone="0571-80001288",
    postcode="310012",
    address="浙江省杭州市西湖区文三路 138 号",
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
    people=(
        Person("qinghe-owner", "刘", "洋", PartnerRole.OWNER),
        Person("qinghe-operator", "徐", "丽", PartnerRole.OPERATOR),
    ),
)
DENTIST, DENTIST_CODE = "杭州西溪口腔门诊部有限公司", "91330110MACH370602"
BOOKSHOP, BOOKSHOP_CODE = "上海半山书店有限公司", "91310115MAD85C520W"


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
    _contract(partner, team=team, at=at)
    account = accounts.open_own(partner=partner, by=admin, at=at)
    owner = actors[PartnerRole.OWNER]
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


def apply_for_signature(
    account: Account, text: str, *, paper: Firm, by: Actor, at: datetime
) -> int:
    """Hand in a signature with a copy of the licence; return its id."""
    application = applications.apply(
        account=account,
        text=text,
        source=Source.COMPANY,
        proof_type=ProofType.LICENCE,
        file=papers.licence(
            name=paper.name, credit_code=paper.credit_code, address=f"{paper.address}（{text}）"
        ),
        by=by,
        at=at,
    )
    return application.pk


def approve_signature(
    account: Account, text: str, *, paper: Firm, by: Actor, reviewer: Actor, at: datetime
) -> None:
    """Hand in a signature and have it approved; the first becomes the account's default."""
    signature_id = apply_for_signature(account, text, paper=paper, by=by, at=at)
    signatures.approve(signature_id=signature_id, by=reviewer, at=at + timedelta(hours=3))


def add_dentist(client: Client, *, team: dict[str, Actor], at: datetime) -> Account:
    """Register a customer whose pledge is approved, and open its account."""
    customer = partners.add_customer(
        partner=client.partner,
        name=DENTIST,
        credit_code=DENTIST_CODE,
        contact="钱晓雯",
        phone="0571-80003366",
        industry="医疗",
        audience="本门诊预约患者",
        consent="患者初诊时签署知情同意书",
        by=client.owner,
    )
    pledge_id = _file_pledge(customer, client, at=at)
    pledges.approve(pledge_id=pledge_id, by=team["reviewer"], at=at + timedelta(hours=5))
    account = accounts.open_for_customer(customer=customer, by=team["admin"], at=at)
    approve_signature(
        account, "西溪口腔", paper=YUNFAN, by=client.owner, reviewer=team["reviewer"], at=at
    )
    return account


def add_bookshop(client: Client, *, at: datetime) -> None:
    """Register a customer whose pledge waits to be judged."""
    customer = partners.add_customer(
        partner=client.partner,
        name=BOOKSHOP,
        credit_code=BOOKSHOP_CODE,
        contact="沈青",
        industry="零售",
        audience="书店会员",
        consent="会员登记表勾选同意",
        by=client.owner,
    )
    _file_pledge(customer, client, at=at)


def _contract(partner: Partner, *, team: dict[str, Actor], at: datetime) -> None:
    today = local_date(at)
    agreement = agreements.draft(
        partner=partner,
        starts_on=today,
        ends_on=today + TERM,
        refund_rule=RefundRule.ON_FAILURE,
        by=team["finance"],
        at=at,
    )
    agreements.issue(agreement_id=agreement.pk, by=team["finance"], at=at)
    agreements.mark_signed(agreement_id=agreement.pk, by=team["finance"], at=at)
    agreements.activate(agreement_id=agreement.pk, by=team["admin"], at=at)


def _file_pledge(customer: Customer, client: Client, *, at: datetime) -> int:
    today = local_date(at)
    pledge = pledges.file(
        customer=customer, valid_from=today, valid_until=today + TERM, by=client.owner, at=at
    )
    copy = papers.pledge(customer=customer.name, partner=client.partner.name)
    pledges.attach_signed_copy(pledge_id=pledge.pk, file=copy, by=client.owner)
    pledges.submit(pledge_id=pledge.pk, by=client.owner, at=at)
    return pledge.pk
