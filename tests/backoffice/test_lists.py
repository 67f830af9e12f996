from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.db.models import Max

from apps.audit import security
from apps.audit.actors import SYSTEM
from apps.audit.choices import SecurityEventKind
from apps.audit.security import Occurrence
from apps.carriers.models import NumberSegment, PortedNumber
from apps.common import clock, ids
from apps.common.models import OutboxDelivery, OutboxEvent, SpecialDay
from apps.partners.choices import KeyMode
from apps.partners.services import api_keys
from apps.rates.choices import NetworkClass
from apps.rates.models import CharacterStandard
from apps.rates.services import character_standards
from apps.recharges.models import BankProfile, RechargePolicy, Remittance
from apps.signatures.models import SignaturePolicy
from apps.users.services import proposals
from tests.factories.agreements import (
    AgreementFactory,
    AgreementTemplateFactory,
    TemplateClauseFactory,
)
from tests.factories.ledger import make_transfer
from tests.factories.messaging import ConnectorFactory, RouteFactory, queue
from tests.factories.partners import AccountFactory, CustomerFactory, GatewayFactory, PartnerFactory
from tests.factories.pledges import PledgeFactory, PledgeTemplateFactory
from tests.factories.rates import RateTableFactory, RateVersionFactory
from tests.factories.recharges import (
    BankEntryFactory,
    ExpectedRechargeFactory,
    LateCreditFactory,
    LotFactory,
    RechargeFactory,
    ReversalFactory,
)
from tests.factories.signatures import AuthorisationLetterFactory, SignatureFactory
from tests.factories.statements import BankProfileFactory
from tests.factories.users import StaffFactory


def traffic(rows):
    for place in range(rows):
        queue(AccountFactory(), [f"1380013{place:04}"])


def own_tables(rows):
    for _row in range(rows):
        RateTableFactory(partner=PartnerFactory())


def keys(rows):
    for _row in range(rows):
        api_keys.issue(account=AccountFactory(), name="生产", mode=KeyMode.LIVE, by=SYSTEM)


def bank_profiles(rows):
    first = BankProfile.objects.count()
    for row in range(first, first + rows):
        BankProfileFactory(name=f"银行{row}", bank_account=f"12020212{row:04}")


def remittances(rows):
    at = clock.now()
    Remittance.objects.bulk_create(
        Remittance(
            account=AccountFactory(),
            amount_yuan=10,
            paid_on=at.date(),
            payer="北京青禾软件有限公司",
            voucher="vouchers/1.pdf",
            content_type="application/pdf",
            sha256="0" * 64,
            entered_at=at,
        )
        for _row in range(rows)
    )


def lots(rows):
    for recharge in RechargeFactory.create_batch(rows, confirmed=True):
        LotFactory(recharge=recharge)


def numbers(model, field, first):
    def make(rows):
        last = model.objects.count()
        model.objects.bulk_create(
            model(**{field: str(first + last + place)}, operator="MOBILE") for place in range(rows)
        )

    return make


def standards(rows):
    """Replace them day by day; an empty table is what a test with real transactions left."""
    for _row in range(rows):
        newest = CharacterStandard.objects.filter(network_class="mobile").aggregate(
            at=Max("starts_at")
        )["at"]
        character_standards.replace(
            network_class=NetworkClass.MOBILE,
            single_characters=70,
            part_characters=67,
            starts_at=(newest or clock.now()) + timedelta(days=1),
            by=SYSTEM,
        )


def deliveries(rows):
    at = clock.now()
    for _row in range(rows):
        event = OutboxEvent.objects.create(
            id=ids.uuid7(), name="signature.approved", subject_kind="signature", subject_id="1",
            payload={}, created_at=at,
        )  # fmt: skip
        OutboxDelivery.objects.create(event=event, consumer="notices", due_at=at)


def security_events(rows):
    for _row in range(rows):
        person = StaffFactory()
        told = {"kind": SecurityEventKind.SIGNED_IN, "person_id": person.pk}
        security.record(Occurrence(**told, person=person.username))


def offers(rows):
    for _row in range(rows):
        proposals.make(
            kind="recharges.change_policy",
            payload={"one_person_max_yuan": "20000.00", "cut_off": "16:30"},
            reason="月末对账",
            by=StaffFactory().as_actor(),
            at=clock.now(),
        )


def special_days(rows):
    first = SpecialDay.objects.count()
    SpecialDay.objects.bulk_create(
        SpecialDay(day=date(2030, 1, 1) + timedelta(days=day), name="休息")
        for day in range(first, first + rows)
    )


ROWS = {
    "audit.securityevent": security_events,
    "common.outboxdelivery": deliveries,
    "common.specialday": special_days,
    "agreements.agreement": AgreementFactory.create_batch,
    "agreements.agreementtemplate": AgreementTemplateFactory.create_batch,
    "agreements.templateclause": TemplateClauseFactory.create_batch,
    "carriers.connector": ConnectorFactory.create_batch,
    "carriers.numbersegment": numbers(NumberSegment, "prefix", 17_000),
    "carriers.portednumber": numbers(PortedNumber, "number", 13_800_138_000),
    "carriers.route": RouteFactory.create_batch,
    "ledger.balance": traffic,
    "ledger.ledgerentry": traffic,
    "ledger.transfer": lambda rows: [make_transfer() for _ in range(rows)],
    "messaging.batch": traffic,
    "messaging.chunk": traffic,
    "messaging.message": traffic,
    "partners.account": lambda rows: AccountFactory.create_batch(rows, of_customer=True),
    "partners.apikey": keys,
    "partners.customer": CustomerFactory.create_batch,
    "partners.gateway": lambda _rows: GatewayFactory(),
    "partners.partner": PartnerFactory.create_batch,
    "pledges.pledgetemplate": PledgeTemplateFactory.create_batch,
    "pledges.pledge": lambda rows: PledgeFactory.create_batch(rows, approved=True),
    "rates.characterstandard": standards,
    "rates.ratetable": own_tables,
    "rates.rateversion": lambda rows: [
        RateVersionFactory(table=RateTableFactory(partner=PartnerFactory())) for _ in range(rows)
    ],
    "recharges.bankentry": BankEntryFactory.create_batch,
    "recharges.bankprofile": bank_profiles,
    "recharges.expectedrecharge": ExpectedRechargeFactory.create_batch,
    "recharges.latecredit": LateCreditFactory.create_batch,
    "recharges.lot": lots,
    "recharges.rechargepolicy": lambda _rows: RechargePolicy.objects.get_or_create(),
    "recharges.reversal": ReversalFactory.create_batch,
    "recharges.recharge": lambda rows: RechargeFactory.create_batch(rows, confirmed=True),
    "recharges.remittance": remittances,
    "signatures.authorisationletter": AuthorisationLetterFactory.create_batch,
    "signatures.signaturepolicy": lambda _rows: SignaturePolicy.objects.get_or_create(),
    "signatures.signature": lambda rows: SignatureFactory.create_batch(rows, approved=True),
    "users.proposal": offers,
    "users.user": StaffFactory.create_batch,
}


def test_every_registered_table_is_listed_here():
    assert {
        model._meta.label_lower
        for model in admin.site._registry
        if model.__module__.startswith("apps.")
    } == set(ROWS)


@pytest.mark.parametrize("label", sorted(ROWS))
class TestEveryList:
    def test_needs_as_many_queries_for_twenty_as_for_two(
        self, staff, label, django_assert_max_num_queries
    ):
        client = staff()
        app, model = label.split(".")
        for rows in (2, 20):
            ROWS[label](rows)
            with django_assert_max_num_queries(15):  # eight of them the navigation's counts
                response = client.get(f"/admin/{app}/{model}/")
            assert response.status_code == 200

    def test_can_be_searched_and_its_first_row_opened(self, staff, label):
        ROWS[label](2)
        client = staff()
        app, model = label.split(".")

        found = client.get(f"/admin/{app}/{model}/?q=13800138000").context["cl"]
        first = client.get(f"/admin/{app}/{model}/").context["cl"].result_list[0]
        address = f"/admin/{app}/{model}/{quote(first.pk)}"
        page = client.get(f"{address}/change/")
        history = client.get(f"{address}/history/")

        assert found is not None
        assert page.status_code == history.status_code == 200
