"""Customers of the partners, with a pledge that is approved, one that waits and one refused."""

from datetime import datetime, timedelta

from apps.audit.actors import Actor
from apps.demo import papers
from apps.demo.companies import YUNFAN, Client
from apps.demo.naming import approve_signature
from apps.partners.choices import Industry
from apps.partners.models import Account, Customer
from apps.partners.services import accounts, customers
from apps.partners.services.customers import Particulars
from apps.pledges.choices import RejectionReason
from apps.pledges.services import applications
from apps.pledges.services.kinds import PLEDGES
from apps.reviews.services import judging, submissions

DENTIST = Particulars(
    name="杭州西溪口腔门诊部有限公司",
    credit_code="91330110MACH370602",
    legal_person="钱晓雯",
    address="浙江省杭州市西湖区文二西路 712 号",
    contact_name="钱晓雯",
    contact_phone="0571-80003366",
    contact_email="qian@xixi-dental.example",
    industry=Industry.HEALTH,
    audience="本门诊的预约患者",
    consent="患者初诊时签署知情同意书，原件存档",
)
BOOKSHOP = Particulars(
    name="上海半山书店有限公司",
    credit_code="91310115MAD85C520W",
    legal_person="沈青",
    address="上海市浦东新区张杨路 500 号",
    contact_name="沈青",
    contact_phone="021-80007788",
    contact_email="shen@banshan-books.example",
    industry=Industry.RETAIL,
    audience="书店会员",
    consent="会员登记表勾选同意，登记表存档两年",
)
SCHOOL = Particulars(
    name="南京明德培训学校有限公司",
    credit_code="91320104MA25XK3R7M",
    legal_person="方国强",
    address="江苏省南京市秦淮区中山南路 49 号",
    contact_name="方国强",
    contact_phone="025-80009911",
    contact_email="fang@mingde.example",
    industry=Industry.EDUCATION,
    audience="在读学员的家长",
    consent="报名合同第六条约定，家长签字",
)


def add_dentist(client: Client, *, team: dict[str, Actor], at: datetime) -> Account:
    """Register a customer whose pledge is approved, and open its account."""
    sample = "预约提醒：请于明日 14:30 到诊，改期请致电前台。"
    customer, pledge_id = _hand_in(DENTIST, client, sample=sample, at=at)
    judging.approve(PLEDGES, pledge_id, by=team["reviewer"], at=at + timedelta(hours=5))
    account = accounts.open_for_customer(customer=customer, by=team["admin"], at=at)
    approve_signature(
        account, "西溪口腔", paper=YUNFAN, by=client.owner, reviewer=team["reviewer"], at=at
    )
    return account


def add_bookshop(client: Client, *, at: datetime) -> None:
    """Register a customer whose pledge waits to be judged."""
    _hand_in(BOOKSHOP, client, sample="您预订的新书已到店，请于七日内领取。", at=at)


def add_school(client: Client, *, team: dict[str, Actor], at: datetime) -> None:
    """Register a customer whose pledge was refused, with an account that therefore cannot send."""
    sample = "明德学校提醒：周六上午九点数学课照常进行。"
    customer, pledge_id = _hand_in(SCHOOL, client, sample=sample, at=at)
    judging.reject(
        PLEDGES,
        pledge_id,
        reasons=[RejectionReason.NOT_SIGNED, RejectionReason.SEAL_MISMATCH],
        remark="印章为分校区印章。",
        by=team["reviewer"],
        at=at + timedelta(hours=3),
    )
    accounts.open_for_customer(customer=customer, by=team["admin"], at=at)


def _hand_in(
    particulars: Particulars, client: Client, *, sample: str, at: datetime
) -> tuple[Customer, int]:
    customer = customers.create(partner=client.partner, particulars=particulars, by=client.owner)
    pledge = applications.draft(customer=customer, by=client.owner, at=at)
    applications.fill(
        pledge_id=pledge.pk,
        audience=particulars.audience,
        consent=particulars.consent,
        samples=[sample],
        by=client.owner,
    )
    applications.print_form(pledge_id=pledge.pk, by=client.owner, at=at)
    copy = papers.pledge(customer=customer.name, partner=client.partner.name)
    applications.attach_signed_copy(pledge_id=pledge.pk, file=copy, by=client.owner)
    submissions.hand_in(PLEDGES, pledge.pk, by=client.owner, at=at)
    return customer, pledge.pk
