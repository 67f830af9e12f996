"""The objects that give every address something to name."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import transaction

from apps.agreements.services import templates
from apps.audit import security
from apps.audit.actors import SYSTEM
from apps.audit.choices import SecurityEventKind
from apps.audit.security import Occurrence
from apps.carriers.models import NumberSegment, PortedNumber
from apps.common import clock, outbox
from apps.common.models import SpecialDay
from apps.partners.choices import KeyMode
from apps.partners.models import Account, ApiKey
from apps.partners.services import api_keys
from apps.rates.models import CharacterStandard
from apps.recharges.models import RechargePolicy
from apps.recharges.services import expected, remittances
from apps.signatures.events import SignatureApproved
from apps.signatures.models import AuthorisationLetter, Signature, SignaturePolicy
from apps.users.models import User
from apps.users.services import proposals
from tests.access.visitors import VISITORS, person_of, session_of
from tests.factories import files
from tests.factories.agreements import AgreementFactory
from tests.factories.ledger import make_transfer
from tests.factories.messaging import RouteFactory, queue
from tests.factories.partners import AccountFactory, GatewayFactory, MembershipFactory
from tests.factories.pledges import PledgeFactory
from tests.factories.recharges import (
    LateCreditFactory,
    LotFactory,
    RechargeFactory,
    ReversalFactory,
    StatementFactory,
)
from tests.factories.signatures import (
    AuthorisationLetterFactory,
    ProofDocumentFactory,
    SignatureFactory,
)
from tests.factories.statements import credit as statement_line
from tests.factories.statements import csv as statement_file


@contextmanager
def undone():
    """Take back whatever is done to the database inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True)
class World:
    """What addresses and visitors are made of.

    `secret` is the whole key of the account; `people` and `sessions` are by kind of visitor.
    """

    account: Account
    key: ApiKey
    secret: str
    draft: Signature
    letter: AuthorisationLetter
    people: dict[str, User | None]
    sessions: dict[str, str]


def make():
    """Make one of everything that an address can name."""
    account = AccountFactory(of_customer=True)
    MembershipFactory(partner=account.partner)
    queue(account, ["13800138000"])
    key, secret = api_keys.issue(account=account, name="生产", mode=KeyMode.LIVE, by=SYSTEM)
    SignatureFactory(account=account, submitted=True)
    ProofDocumentFactory()
    AuthorisationLetterFactory(submitted=True)
    SignaturePolicy.objects.get_or_create()
    PledgeFactory(submitted=True)
    PledgeFactory(customer=account.customer)
    AgreementFactory(partner=account.partner, issued=True)
    RechargeFactory(account=account)
    LateCreditFactory()
    LotFactory()
    ReversalFactory()
    RechargePolicy.objects.get_or_create()
    make_transfer()
    StatementFactory(file=ContentFile(statement_file([statement_line()]), name="x"))
    expected.open_first(
        account_id=account.pk,
        agreement_number="2026-0001",
        amount_yuan=Decimal(10_000),
        due_on=date(2026, 6, 1),
        by=SYSTEM,
        at=clock.now(),
    )
    remittances.enter(
        account=account,
        amount_yuan=Decimal(10_000),
        paid_on=date(2026, 6, 1),
        payer="北京青禾软件有限公司",
        voucher=files.pdf(),
        by=SYSTEM,
        at=clock.now(),
    )
    security.record(Occurrence(kind=SecurityEventKind.SIGNED_IN, person="li.na"))
    proposals.make(
        kind="recharges.change_policy",
        payload={"one_person_max_yuan": "20000.00", "cut_off": "16:30"},
        reason="月末对账",
        by=SYSTEM,
        at=clock.now(),
    )
    AgreementFactory()
    templates.current(at=clock.now())
    SpecialDay.objects.create(day=date(2026, 3, 7), is_working=True, name="补班")
    outbox.publish(
        SignatureApproved(
            partner_id=account.partner_id, subject_id="1", text="青禾科技", order_number=""
        ),
        at=clock.now(),
    )
    GatewayFactory()
    RouteFactory()
    PortedNumber.objects.create(number="13800138000", operator="UNICOM")
    # Migrations made these, and a test with real transactions may have emptied the tables.
    NumberSegment.objects.get_or_create(prefix="1999", operator="TELECOM")
    CharacterStandard.objects.get_or_create(
        network_class="phs",
        defaults={"single_characters": 58, "part_characters": 58, "starts_at": clock.now()},
    )
    draft = SignatureFactory(account=account)
    letter = AuthorisationLetterFactory(partner=account.partner)
    people = {visitor: person_of(visitor, account.partner) for visitor in VISITORS}
    return World(
        account=account,
        key=key,
        secret=secret,
        draft=draft,
        letter=letter,
        people=people,
        sessions={visitor: session_of(person) for visitor, person in people.items()},
    )
