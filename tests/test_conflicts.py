"""Sixteen people do the same at one moment: one succeeds, the others are told why not.

`RACED` has a case for every service that writes below a unique constraint; `KEPT_APART` says of
every other constraint why two never meet there. A constraint that stands in neither fails.
"""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

import pytest
from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import IntegrityError, OperationalError, models
from django.test import Client, RequestFactory
from django.urls import reverse
from psycopg.errors import DeadlockDetected

from apps.agreements.choices import ClauseKind, Side
from apps.agreements.services import copies, drafts, templates
from apps.api.problems import answer_exception
from apps.audit.actors import SYSTEM
from apps.carriers.choices import Operator
from apps.carriers.models import Connector, Route
from apps.common import conflicts
from apps.common.models import SpecialDay
from apps.partners.choices import KeyMode, PartnerRole
from apps.partners.models import Gateway
from apps.partners.services import accounts, api_keys, customers, partners, people
from apps.pledges import wording
from apps.pledges.services import applications as pledges
from apps.pledges.services import templates as wordings
from apps.rates.choices import NetworkClass
from apps.rates.services import character_standards, rate_tables
from apps.recharges.choices import ReversalCause
from apps.recharges.services import (
    bank_entries,
    expected,
    recharges,
    remittances,
    reversals,
    statements,
)
from apps.signatures.choices import ProofType, RegistrationStatus, Source
from apps.signatures.services import applications, letters, proofs, registrations
from apps.users.choices import StaffRole
from apps.users.services import staff
from tests.factories import files
from tests.factories.agreements import (
    AgreementFactory,
    AgreementTemplateFactory,
    TemplateClauseFactory,
)
from tests.factories.messaging import ConnectorFactory
from tests.factories.partners import AccountFactory, CustomerFactory, PartnerFactory
from tests.factories.pledges import FirstTemplateFactory
from tests.factories.rates import RateTableFactory, RateVersionFactory
from tests.factories.recharges import BankEntryFactory, RechargeFactory
from tests.factories.signatures import SignatureFactory
from tests.factories.users import StaffFactory, UserFactory
from tests.racing import race

AT = datetime(2026, 6, 1, 2, tzinfo=UTC)
MANY = 16
FEW = 4  # where each looks through a file first
WANG = {"first_name": "芳", "last_name": "王", "by": SYSTEM}
Call = Callable[[], object]


def enrol() -> Call:
    turn = count()

    def call() -> object:
        name = ("Zhao.Min", "zhao.min")[next(turn) % 2]
        return staff.enrol(username=name, role=StaffRole.SUPPORT, **WANG)

    return call


def add_person() -> Call:
    partner = PartnerFactory()
    return lambda: people.enrol(
        partner=partner, username="qian.wei", role=PartnerRole.VIEWER, **WANG
    )


def add_member() -> Call:
    person, firms = UserFactory(), iter(PartnerFactory.create_batch(MANY))
    return lambda: partners.add_member(
        partner=next(firms), user=person, role=PartnerRole.VIEWER, by=SYSTEM
    )


def create_partner() -> Call:
    return lambda: partners.create(name="同时软件有限公司", by=SYSTEM)


def rename_partner() -> Call:
    firms = iter(PartnerFactory.create_batch(MANY))
    return lambda: partners.edit(partner_id=next(firms).pk, name="改名软件有限公司", by=SYSTEM)


def create_customer() -> Call:
    partner = PartnerFactory()
    said = customers.Particulars(name="同时大药房", credit_code="91110000600037341L")
    return lambda: customers.create(partner=partner, particulars=said, by=SYSTEM)


def open_own_account() -> Call:
    partner = PartnerFactory()
    return lambda: accounts.open_own(partner=partner, by=SYSTEM, at=AT)


def issue_key() -> Call:
    account = AccountFactory()
    return lambda: api_keys.issue(account=account, name="ERP", mode=KeyMode.LIVE, by=SYSTEM)


def open_standard() -> Call:
    return lambda: rate_tables.open_standard(name="标准", by=SYSTEM)


def open_for_partner() -> Call:
    partner = PartnerFactory()
    return lambda: rate_tables.open_for_partner(partner=partner, name="自有", by=SYSTEM)


def open_under_one_name() -> Call:
    firms = iter(PartnerFactory.create_batch(MANY))
    return lambda: rate_tables.open_for_partner(partner=next(firms), name="同名", by=SYSTEM)


def own_table() -> Call:
    partner = PartnerFactory()
    return lambda: rate_tables.own_table(partner=partner, by=SYSTEM)


def publish_prices() -> Call:
    table = RateTableFactory(partner=PartnerFactory())
    drafted = [
        rate_tables.draft_version(
            table=table, starts_at=AT, tiers={1: Decimal("0.05")}, by=SYSTEM
        ).pk
        for _ in range(MANY)
    ]
    version_ids = iter(drafted)
    return lambda: rate_tables.publish(version_id=next(version_ids), by=SYSTEM, at=AT)


def replace_standard(network_class: NetworkClass) -> Call:
    return lambda: character_standards.replace(
        network_class=network_class,
        single_characters=70,
        part_characters=67,
        starts_at=AT,
        by=SYSTEM,
    )


def renew_agreement() -> Call:
    AgreementTemplateFactory()
    old = AgreementFactory(active=True, ends_on=date(2027, 1, 1))
    return lambda: drafts.renew(agreement_id=old.pk, by=SYSTEM, at=AT)


def copy_template() -> Call:
    AgreementTemplateFactory()
    return lambda: templates.copy_latest(note="新条款", by=SYSTEM, at=AT)


def add_clause() -> Call:
    clause = TemplateClauseFactory(template__version=90)
    return lambda: templates.add_clause(
        after_id=clause.pk, kind=ClauseKind.CLAUSE, number="2", title="其他", text="", by=SYSTEM
    )


def attach_copy() -> Call:
    agreement = AgreementFactory(issued=True)
    return lambda: copies.attach(
        agreement_id=agreement.pk, side=Side.PARTNER, file=files.png(), by=SYSTEM, at=AT
    )


def draft_pledge() -> Call:
    customer = CustomerFactory()
    return lambda: pledges.draft(customer=customer, by=SYSTEM, at=AT)


def draft_pledges_of_many() -> Call:
    holders = iter(CustomerFactory.create_batch(MANY))
    return lambda: pledges.draft(customer=next(holders), by=SYSTEM, at=AT)


def draft_wording() -> Call:
    FirstTemplateFactory()
    return lambda: wordings.draft_version(title="新版", wording=wording.WORDING, by=SYSTEM, at=AT)


def open_bank_profile() -> Call:
    return lambda: statements.open_profile(name="同时户", bank_account="6222 0000 1111", by=SYSTEM)


def open_profiles_of_one_name() -> Call:
    numbers = count(62220000)
    return lambda: statements.open_profile(
        name="同名户", bank_account=str(next(numbers)), by=SYSTEM
    )


def enter_bank_entry() -> Call:
    person = UserFactory().as_actor()
    return lambda: bank_entries.enter(
        bank_account="6222",
        serial="S1",
        payer="北京青禾软件有限公司",
        amount_yuan=Decimal(100),
        received_at=AT,
        by=person,
        at=AT,
    )


def propose_recharge() -> Call:
    RateVersionFactory()
    account, entry = AccountFactory(), BankEntryFactory()
    person = UserFactory().as_actor()
    return lambda: recharges.propose(bank_entry_id=entry.pk, account=account, by=person, at=AT)


def report_payment() -> Call:
    account = AccountFactory()
    person = UserFactory().as_actor()
    return lambda: remittances.enter(
        account=account,
        amount_yuan=Decimal(100),
        paid_on=AT.date(),
        payer="青禾",
        voucher=files.png(),
        by=person,
        at=AT,
    )


def ask_for_reversal() -> Call:
    recharge, person = RechargeFactory(confirmed=True), UserFactory().as_actor()
    return lambda: reversals.request(
        recharge_id=recharge.pk, cause=ReversalCause.BOOKED_WRONGLY, reason="错", by=person, at=AT
    )


def open_first_recharge() -> Call:
    account = AccountFactory()
    return lambda: expected.open_first(
        account_id=account.pk,
        agreement_number="2026-0900",
        amount_yuan=Decimal(100),
        due_on=AT.date(),
        by=SYSTEM,
        at=AT,
    )


def draft_signature() -> Call:
    account = AccountFactory()
    return lambda: applications.draft(
        account_id=account.pk, text="青禾", source=Source.COMPANY, by=SYSTEM, at=AT
    )


def draft_letter() -> Call:
    terms = letters.Terms(
        grantor_name="杭州西溪口腔门诊部有限公司",
        grantor_code="91330110MACH370602",
        grantee_name="青禾",
        valid_from=date(2026, 1, 1),
        valid_until=date(2027, 1, 1),
        covers_all=True,
    )
    partner = PartnerFactory()
    return lambda: letters.draft(partner_id=partner.pk, terms=terms, by=SYSTEM, at=AT)


def add_proof() -> Call:
    signature = SignatureFactory()
    return lambda: proofs.add(
        signature_id=signature.pk,
        proof_type=ProofType.LICENCE,
        file=files.png(),
        by=SYSTEM,
        at=AT,
    )


def record_registration() -> Call:
    signature = SignatureFactory(approved=True)
    return lambda: registrations.record(
        signature_id=signature.pk,
        operator=Operator.MOBILE,
        status=RegistrationStatus.FILED,
        on=AT.date(),
        by=SYSTEM,
        at=AT,
    )


ONE, ALL = 1, MANY
# What is prepared, how many at once, how many succeed, and what the others are told.
RACED = {
    enrol: (MANY, ONE, "username_taken"),
    add_person: (MANY, ONE, "username_taken"),
    add_member: (MANY, ONE, "already_member"),
    create_partner: (MANY, ONE, "partner_exists"),
    rename_partner: (MANY, ONE, "partner_exists"),
    create_customer: (MANY, ONE, "customer_exists"),
    open_own_account: (MANY, ONE, "own_account_exists"),
    issue_key: (MANY, api_keys.MAX_LIVE_KEYS, "too_many_keys"),
    open_standard: (MANY, ONE, "rate_table_exists"),
    open_for_partner: (MANY, ONE, "rate_table_exists"),
    open_under_one_name: (MANY, ONE, "rate_table_exists"),
    own_table: (MANY, ALL, ""),
    publish_prices: (MANY, ONE, "rate_version_overlap"),
    renew_agreement: (MANY, ONE, "agreement_already_renewed"),
    copy_template: (MANY, ONE, "agreement_template_draft_exists"),
    add_clause: (MANY, ONE, "agreement_template_clause_exists"),
    attach_copy: (FEW, ONE, "agreement_copy_exists"),
    draft_pledge: (MANY, ONE, "pledge_open"),
    draft_pledges_of_many: (MANY, ALL, ""),
    draft_wording: (MANY, ALL, ""),
    open_bank_profile: (MANY, ONE, "bank_profile_exists"),
    open_profiles_of_one_name: (MANY, ONE, "bank_profile_exists"),
    enter_bank_entry: (MANY, ONE, "bank_entry_exists"),
    propose_recharge: (MANY, ONE, "bank_entry_proposed"),
    report_payment: (FEW, ONE, "remittance_repeated"),
    ask_for_reversal: (MANY, ONE, "reversal_exists"),
    open_first_recharge: (MANY, ALL, ""),
    draft_signature: (MANY, ONE, "signature_exists"),
    draft_letter: (MANY, ALL, ""),
    add_proof: (FEW, ONE, "proof_exists"),
    record_registration: (MANY, ALL, ""),
}


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_succeeds_and_the_others_are_told_why_not():
    """One test for all, because emptying the tables takes longer than a race."""
    seen = {case.__name__: outcome_of(case(), times) for case, (times, _, _) in RACED.items()}
    for network_class in NetworkClass:
        name = f"replace_standard {network_class}"
        seen[name] = outcome_of(replace_standard(network_class), MANY)

    overlap = {ONE: "character_standard_overlap"}
    assert seen == {
        **{case.__name__: told(*row) for case, row in RACED.items()},
        **{f"replace_standard {each}": told(MANY, ONE, overlap[ONE]) for each in NetworkClass},
    }


def told(times: int, successes: int, code: str) -> dict[str, int]:
    return {"done": successes} | ({code: times - successes} if times > successes else {})


def outcome_of(call: Call, times: int) -> dict[str, int]:
    answers = race(*[call] * times)
    return dict(
        Counter(
            getattr(each, "code", repr(each)) if isinstance(each, Exception) else "done"
            for each in answers
        )
    )


FORM = "a form of the admin: `test_an_admin_form_tells_who_was_quicker`"
OWNER = "written under the lock of what it belongs to"
COUNTER = "numbered under the lock of a counter"
SKIPPED = "inserted where it is not there yet, else left"
RANDOM = "drawn by chance, another one where it is taken"
# Why two never meet at a rule that no case above races for.
KEPT_APART = {
    "common_specialday.day": FORM,
    "carriers_numbersegment.prefix": FORM,
    "carriers_connector.name": FORM,
    "carriers_route_one_per_priority": FORM,
    "common_storedanswer_one_per_key": "a lock on the key; tests/api/test_idempotency.py",
    "common_sentform_once": "a lock on the key; tests/test_sent_forms.py",
    "audit_securityevent_one_a_minute": SKIPPED,
    "common_outboxdelivery_once_per_consumer": "written with its event",
    "reviews_claim_one_per_subject": SKIPPED,
    "partners_account.code": RANDOM,
    "partners_apikey.prefix": RANDOM,
    "rates_ratetier_one_per_quantity": OWNER,
    "ledger_dailyspending_one_a_day": "a lock on who adds up spending",
    "ledger_dailyseal_one_a_day": OWNER,
    "pledges_pledge.number": COUNTER,
    "pledges_pledgeround_number_once": OWNER,
    "pledges_pledgeround_one_open": OWNER,
    "signatures_letter_one_order_number": COUNTER,
    "signatures_signature_one_default_per_account": OWNER,
    "signatures_round_number_once": COUNTER,
    "signatures_round_one_open": OWNER,
    "signatures_letterround_number_once": COUNTER,
    "signatures_letterround_one_open": OWNER,
    "reviews_ordercounter_once": SKIPPED,
    "reviews_endwarning_once": OWNER,
    "recharges_statementimport_one_preview_per_file": OWNER,
    "recharges_latecredit_noticed_once": SKIPPED,
    "recharges_expectedrecharge.recharge_id": OWNER,
    "recharges_lot_one_per_recharge": OWNER,
    "recharges_lot_moved_once": OWNER,
    "recharges_rechargereceipt.recharge_id": "tests/recharges/test_receipts.py",
    "agreements_templateclause_one_a_place": OWNER,
    "agreements_agreement_one_in_force": OWNER,
    "agreements_agreement.number": COUNTER,
    "agreements_agreement.document_id": OWNER,
    "agreements_expirywarning_each_once": SKIPPED,
    "messaging_submission_one_per_carrier_id": "one writer per connector",
    "notices_notice_one_per_event_and_person": SKIPPED,
}
RULES_RACED_FOR = {
    "users_user_one_username",
    "users_user.username",
    "partners_partner.name",
    "partners_membership.user_id",
    "partners_customer_one_name_per_partner",
    "partners_customer_one_code_per_partner",
    "partners_account_one_own_per_partner",
    "rates_characterstandard_no_overlap_mobile",
    "rates_characterstandard_no_overlap_phs",
    "rates_ratetable_one_standard",
    "rates_ratetable_one_per_partner",
    "rates_ratetable.name",
    "rates_rateversion_no_overlap",
    "pledges_pledgetemplate.version",
    "pledges_pledge_one_open_per_customer",
    "signatures_signature_one_text_per_account",
    "signatures_proofdocument_same_file_once",
    "signatures_registration_one_per_operator",
    "recharges_bankprofile.name",
    "recharges_bankprofile.bank_account",
    "recharges_bankentry_one_per_serial",
    "recharges_recharge_one_per_bank_entry",
    "recharges_reversal_one_per_recharge",
    "recharges_expectedrecharge_one_per_agreement",
    "agreements_agreementtemplate.version",
    "agreements_templateclause_one_a_number",
    "agreements_agreement_one_renewal",
    "agreements_signedcopy_same_file_once",
}


def unique_rules() -> set[str]:
    """Return the rules by which a row is alone in something; histories have none."""
    ours = [each for each in apps.get_models() if each.__module__.startswith("apps.")]
    alone = (models.UniqueConstraint, ExclusionConstraint)
    named = {
        constraint.name
        for model in ours
        for constraint in model._meta.constraints
        if isinstance(constraint, alone)
    }
    columns = {
        f"{model._meta.db_table}.{field.column}"
        for model in ours
        for field in model._meta.fields
        if field.unique and not field.primary_key and not hasattr(model, "pgh_tracked_model")
    }
    return named | columns


def test_of_every_unique_rule_it_is_known_how_two_at_once_fare():
    assert unique_rules() == RULES_RACED_FOR | KEPT_APART.keys()


# Address, values, and which row they make.
ADMIN_FORMS = {
    "admin:common_specialday_add": {"day": "2026-10-08", "name": "调休"},
    "admin:carriers_connector_add": {
        "name": "直连一",
        "protocol": "SIMULATOR",
        "url": "https://carrier.example",
        "is_enabled": "on",
    },
    "admin:partners_gateway_add": {"name": "北京信达通联科技有限公司"},
}


@pytest.mark.django_db(transaction=True)
def test_an_admin_form_tells_who_was_quicker():
    staff_member = StaffFactory()
    route = {
        "operator": "MOBILE",
        "connector": ConnectorFactory().pk,
        "priority": "77",
        "signature_position": "FRONT",
    }
    asked = {**ADMIN_FORMS, "admin:carriers_route_add": route}

    seen = {name: Counter(sent(staff_member, name, values)) for name, values in asked.items()}

    # Shown anew, kept, or not offered any more where one row is all there can be.
    assert {status for each in seen.values() for status in each} <= {200, 302, 403}
    assert SpecialDay.objects.count() == Gateway.objects.count() == Route.objects.count() == 1
    assert Connector.objects.filter(name="直连一").count() == 1


def sent(person, name: str, values: dict[str, str], *, times: int = 4) -> list[int]:
    """Return how each of several posts at one moment was answered."""

    def post() -> int:
        client = Client(raise_request_exception=False)
        client.force_login(person)
        return client.post(reverse(name), values).status_code

    return [each if isinstance(each, int) else 500 for each in race(*[post] * times)]


class TestToldOfNobody:
    """A collision that no service named."""

    @pytest.fixture(autouse=True)
    def _address(self, settings):
        settings.ROOT_URLCONF = "tests.colliding"

    @pytest.mark.django_db
    def test_is_a_page_that_says_so(self, client, caplog):
        answer = client.get("/collides/")

        assert answer.status_code == 409
        assert "同一时刻" in answer.content.decode()
        assert "collision" in caplog.text

    @pytest.mark.django_db
    def test_is_a_problem_over_rest(self):
        answer = answer_exception(IntegrityError("…"), RequestFactory().post("/api/v1/x"))

        assert (answer.status_code, b'"collision"' in answer.content) == (409, True)

    def test_whoever_waits_for_each_other_is_told_likewise(self):
        error = OperationalError("deadlock detected")
        error.__cause__ = DeadlockDetected()

        assert conflicts.is_collision(error)
        assert not conflicts.is_collision(OperationalError("the connection is lost"))
