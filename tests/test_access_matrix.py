"""Who gets what, over every address: a route that is not listed here fails the suite.

Routes come from the URLconf. `EXPECTED` says for each what each kind of visitor gets:

    sees      2xx               login     sent to the sign-in page
    moves     another redirect  forbidden 403
    missing   404               method    405, the page takes only a form
    unready     503: no worker runs in a test
    refused   401 or 4xx of the REST interface
"""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib import admin
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from apps.agreements.services import templates
from apps.audit.actors import SYSTEM
from apps.carriers.models import NumberSegment, PortedNumber
from apps.common import clock, outbox
from apps.common.models import SpecialDay
from apps.partners.choices import KeyMode, PartnerRole
from apps.partners.services import api_keys
from apps.rates.models import CharacterStandard
from apps.recharges.models import Recharge, RechargePolicy, Remittance, StatementImport
from apps.recharges.services import expected, remittances
from apps.signatures.models import Signature, SignaturePolicy
from apps.users.choices import StaffRole
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
from tests.factories.users import StaffFactory, UserFactory

ANONYMOUS, STRANGER, OTHER = "anonymous", "no partner", "other partner"
PARTNER = [f"partner {role.value}" for role in PartnerRole]
STAFF = [f"staff {role.value}" for role in StaffRole]
VISITORS = [ANONYMOUS, STRANGER, OTHER, *PARTNER, *STAFF]


def everybody(outcome):
    return dict.fromkeys(VISITORS, outcome)


def portal(*roles, sees="sees"):
    """A portal page for some roles of a partner; staff and strangers have no place there."""
    allowed = {f"partner {role}" for role in roles} | {OTHER}
    return everybody("forbidden") | {ANONYMOUS: "login"} | dict.fromkeys(allowed, sees)


def office(*roles, sees="sees"):
    """A staff page for some roles, or for all; others are asked to sign in as somebody else."""
    allowed = [f"staff {role}" for role in roles] or STAFF
    return everybody("login") | dict.fromkeys(STAFF, "forbidden") | dict.fromkeys(allowed, sees)


def signed_in(outcome="sees"):
    return everybody(outcome) | {ANONYMOUS: "login"}


# Another partner's slip is not found, rather than forbidden.
OF_THE_SLIP = portal("OWNER", "FINANCE", "VIEWER") | {OTHER: "missing"}
ALL = ("OWNER", "FINANCE", "OPERATOR", "VIEWER")
WRITERS = ("OWNER", "OPERATOR")
# What belongs to a partner is not found by another's people, whatever their role there.
OF_SIGNATURES = {
    "portal:signature-list": portal(*ALL),
    "portal:signature-detail": portal(*ALL) | {OTHER: "missing"},
    "portal:signature-new": portal(*WRITERS),
    "portal:signature-text": portal(*WRITERS),
    "portal:signature-edit": portal(*WRITERS) | {OTHER: "missing"},
    "portal:letter-list": portal(*ALL),
    "portal:letter-detail": portal(*ALL) | {OTHER: "missing"},
    "portal:letter-new": portal(*WRITERS),
    "portal:letter-edit": portal(*WRITERS) | {OTHER: "missing"},
    "portal:signature-save": everybody("method"),
    "portal:signature-step": everybody("method"),
    "portal:proof-add": everybody("method"),
    "portal:proof-reuse": everybody("method"),
    "portal:proof-replace": everybody("method"),
    "portal:proof-remove": everybody("method"),
    "portal:letter-scan": everybody("method"),
    "portal:letter-step": everybody("method"),
}
OF_CUSTOMERS = portal("OWNER", "FINANCE", "OPERATOR", "VIEWER")
OF_AGREEMENTS = portal("OWNER", "FINANCE", "VIEWER")
WRITES_CUSTOMERS = portal("OWNER", "OPERATOR")
HIDDEN = {OTHER: "missing"}
EXPECTED = {
    "portal:customer-list": OF_CUSTOMERS,
    "portal:customer-new": WRITES_CUSTOMERS,
    "portal:customer-detail": OF_CUSTOMERS | HIDDEN,
    "portal:customer-edit": WRITES_CUSTOMERS | HIDDEN,
    "portal:customer-close": WRITES_CUSTOMERS | HIDDEN,
    "portal:customer-reopen": everybody("method"),
    "portal:pledge-begin": everybody("method"),
    "portal:pledge-detail": OF_CUSTOMERS | HIDDEN,
    "portal:pledge-edit": WRITES_CUSTOMERS | HIDDEN,
    "portal:pledge-copy": everybody("method"),
    "portal:pledge-step": everybody("method"),
    "portal:agreement-list": OF_AGREEMENTS,
    "portal:agreement-detail": OF_AGREEMENTS | HIDDEN,
    "portal:agreement-copy": everybody("method"),
    "portal:home": portal("OWNER", "FINANCE", "OPERATOR", "VIEWER") | dict.fromkeys(STAFF, "moves"),
    "portal:message-list": portal("OWNER", "OPERATOR", "VIEWER"),
    "portal:recharge-list": portal("OWNER", "FINANCE", "VIEWER"),
    "portal:recharge-detail": OF_THE_SLIP,
    "portal:recharge-receipt": portal("OWNER", "FINANCE", "VIEWER", sees="moves") | HIDDEN,
    "portal:remittance-new": portal("OWNER", "FINANCE"),
    "portal:remittance-detail": OF_THE_SLIP,
    "portal:remittance-edit": portal("OWNER", "FINANCE") | HIDDEN,
    "portal:remittance-slip": everybody("method"),
    "portal:remittance-withdraw": everybody("method"),
    "portal:ledger": portal("OWNER", "FINANCE", "VIEWER"),
    "portal:transfer-list": portal("OWNER", "FINANCE"),
    "portal:transfer-confirm": everybody("method"),
    "portal:calculator": portal("OWNER", "FINANCE", "VIEWER"),
    "portal:alert-list": portal("OWNER", "FINANCE"),
    "portal:key-list": portal("OWNER", "OPERATOR"),
    "portal:key-issue": portal("OWNER"),
    "portal:key-revoke": everybody("method"),
    "portal:notice-list": portal("OWNER", "FINANCE", "OPERATOR", "VIEWER"),
    "portal:notice-read": everybody("method"),
    "portal:notice-read-all": everybody("method"),
    "portal:error-list": everybody("sees"),
    "portal:error-detail": everybody("sees"),
    "portal:file-download": OF_THE_SLIP,
    "portal:file-page": OF_THE_SLIP,
    "portal:file-view": OF_THE_SLIP,
    "backoffice:file-download": office(),
    "backoffice:file-page": office(),
    "backoffice:file-view": office(),
    "backoffice:judging-queue": office(),
    "backoffice:judging-application": office(),
    "backoffice:judging-together": office("REVIEWER", "ADMINISTRATOR"),
    "backoffice:judging-take": everybody("method"),
    "backoffice:judging-release": everybody("method"),
    "backoffice:judging-approve": everybody("method"),
    "backoffice:judging-reject": everybody("method"),
    "backoffice:notice-list": office(),
    "backoffice:notice-read": everybody("method"),
    "backoffice:notice-read-all": everybody("method"),
    "backoffice:coverage": office(),
    "backoffice:coverage-csv": office(),
    "backoffice:approvals": office(),
    "backoffice:approval-approve": everybody("method"),
    "backoffice:approval-send-back": everybody("method"),
    "backoffice:reversal-approve": everybody("method"),
    "backoffice:reversal-decline": everybody("method"),
    "backoffice:same-day": office(),
    "backoffice:same-day-csv": office(),
    "backoffice:matching": office(),
    "backoffice:matching-confirm": everybody("method"),
    "backoffice:statement-list": office("FINANCE", "ADMINISTRATOR"),
    "backoffice:statement-preview": office("FINANCE", "ADMINISTRATOR"),
    "backoffice:statement-store": everybody("method"),
    "backoffice:statement-discard": everybody("method"),
    "backoffice:gallery": office(),
    "backoffice:rate-calculator": office(),
    "set_language": everybody("moves"),
    "admin:index": office(),
    "admin:login": everybody("forbidden") | {ANONYMOUS: "login"} | dict.fromkeys(STAFF, "moves"),
    "admin:logout": everybody("moves") | dict.fromkeys(STAFF, "method"),
    "admin:password_change": office(),
    "admin:password_change_done": office(),
    "admin:autocomplete": office(sees="forbidden"),
    "admin:jsi18n": office(),
    "admin:view_on_site": office(sees="missing"),
    "admin:app_list": office(),
    "admin:search": office(),
}
MATRIX_OF_ADMIN_ACTIONS = {
    "agreements_agreement_draft": ["FINANCE", "ADMINISTRATOR"],
    "agreements_agreement_issue": ["FINANCE", "ADMINISTRATOR"],
    "agreements_agreement_revise": ["FINANCE", "ADMINISTRATOR"],
    "agreements_agreement_attach_copy": ["FINANCE", "ADMINISTRATOR"],
    "agreements_agreement_renew": ["FINANCE", "ADMINISTRATOR"],
    "agreements_agreement_mark_signed": ["FINANCE", "ADMINISTRATOR"],
    "agreements_agreement_activate": ["ADMINISTRATOR"],
    "agreements_agreement_terminate": ["ADMINISTRATOR"],
    "agreements_agreementtemplate_copy_latest": ["ADMINISTRATOR"],
    "agreements_agreementtemplate_publish": ["ADMINISTRATOR"],
    "agreements_templateclause_edit": ["ADMINISTRATOR"],
    "agreements_templateclause_add_after": ["ADMINISTRATOR"],
    "agreements_templateclause_remove": ["ADMINISTRATOR"],
    "common_outboxdelivery_retry": ["ADMINISTRATOR"],
    "partners_partner_create": ["ADMINISTRATOR"],
    "partners_partner_open_own_account": ["ADMINISTRATOR"],
    "partners_partner_open_customer_account": ["ADMINISTRATOR"],
    "partners_partner_add_member": ["ADMINISTRATOR"],
    "partners_partner_edit": ["ADMINISTRATOR"],
    "partners_partner_state_security_rules": ["ADMINISTRATOR"],
    "partners_partner_add_customer": ["ADMINISTRATOR"],
    "partners_customer_edit": ["ADMINISTRATOR"],
    "partners_customer_close": ["ADMINISTRATOR"],
    "partners_customer_reopen": ["ADMINISTRATOR"],
    "partners_account_suspend": ["RISK", "ADMINISTRATOR"],
    "partners_account_resume": ["RISK", "ADMINISTRATOR"],
    "partners_apikey_revoke": ["RISK", "ADMINISTRATOR"],
    "pledges_pledge_approve": ["REVIEWER", "ADMINISTRATOR"],
    "pledges_pledge_reject": ["REVIEWER", "ADMINISTRATOR"],
    "pledges_pledge_revoke": ["REVIEWER", "ADMINISTRATOR"],
    "pledges_pledgetemplate_draft": ["ADMINISTRATOR"],
    "pledges_pledgetemplate_edit": ["ADMINISTRATOR"],
    "pledges_pledgetemplate_publish": ["ADMINISTRATOR"],
    "rates_characterstandard_replace": ["ADMINISTRATOR"],
    "rates_ratetable_open_table": ["FINANCE", "ADMINISTRATOR"],
    "rates_ratetable_draft_version": ["FINANCE", "ADMINISTRATOR"],
    "rates_ratetable_end_own": ["FINANCE", "ADMINISTRATOR"],
    "rates_rateversion_publish": ["FINANCE", "ADMINISTRATOR"],
    "rates_rateversion_discard": ["FINANCE", "ADMINISTRATOR"],
    "recharges_bankprofile_open_profile": ["FINANCE", "ADMINISTRATOR"],
    "recharges_expectedrecharge_cancel": ["FINANCE", "ADMINISTRATOR"],
    "recharges_remittance_reject": ["FINANCE", "ADMINISTRATOR"],
    "recharges_bankentry_enter": ["FINANCE", "ADMINISTRATOR"],
    "recharges_bankentry_propose": ["FINANCE", "ADMINISTRATOR"],
    "recharges_bankentry_mark_returned": ["FINANCE", "ADMINISTRATOR"],
    "recharges_bankentry_discard": ["FINANCE", "ADMINISTRATOR"],
    "recharges_recharge_confirm": ["FINANCE", "ADMINISTRATOR"],
    "recharges_recharge_withdraw": ["FINANCE", "ADMINISTRATOR"],
    "recharges_recharge_take_back": ["FINANCE", "ADMINISTRATOR"],
    "recharges_recharge_make_receipt": ["FINANCE", "ADMINISTRATOR"],
    "recharges_reversal_approve": ["FINANCE", "ADMINISTRATOR"],
    "recharges_reversal_decline": ["FINANCE", "ADMINISTRATOR"],
    "recharges_reversal_collect": ["FINANCE", "ADMINISTRATOR"],
    "recharges_reversal_write_off": ["FINANCE", "ADMINISTRATOR"],
    "signatures_authorisationletter_approve": ["REVIEWER", "ADMINISTRATOR"],
    "signatures_authorisationletter_reject": ["REVIEWER", "ADMINISTRATOR"],
    "signatures_authorisationletter_revoke": ["REVIEWER", "ADMINISTRATOR"],
    "signatures_signature_approve": ["REVIEWER", "ADMINISTRATOR"],
    "signatures_signature_register": ["REVIEWER", "ADMINISTRATOR"],
    "signatures_signature_reject": ["REVIEWER", "ADMINISTRATOR"],
    "signatures_signature_suspend": ["REVIEWER", "ADMINISTRATOR"],
    "signatures_signature_resume": ["REVIEWER", "ADMINISTRATOR"],
    "signatures_signature_revoke": ["REVIEWER", "ADMINISTRATOR"],
    "users_user_enrol": ["ADMINISTRATOR"],
    "users_user_change_role": ["ADMINISTRATOR"],
    "users_user_reset_password": ["ADMINISTRATOR"],
    "users_user_shut_out": ["ADMINISTRATOR"],
    "users_user_let_in": ["ADMINISTRATOR"],
}
EXPECTED |= OF_SIGNATURES
EXPECTED |= {f"admin:{name}": office(*roles) for name, roles in MATRIX_OF_ADMIN_ACTIONS.items()}

TABLES = [
    "agreements.agreementtemplate agreements.templateclause",
    "agreements.agreement carriers.connector carriers.numbersegment carriers.portednumber",
    "carriers.route common.outboxdelivery common.specialday",
    "ledger.balance ledger.ledgerentry ledger.transfer messaging.batch messaging.chunk",
    "messaging.message partners.account partners.apikey partners.customer partners.gateway",
    "partners.partner",
    "pledges.pledge pledges.pledgetemplate rates.characterstandard rates.ratetable",
    "rates.rateversion",
    "recharges.bankprofile recharges.expectedrecharge",
    "recharges.latecredit recharges.lot recharges.rechargepolicy recharges.reversal",
    "recharges.bankentry recharges.recharge recharges.remittance signatures.signature users.user",
    "signatures.authorisationletter signatures.signaturepolicy",
]
SETTINGS = {
    "carriers.connector",
    "carriers.numbersegment",
    "carriers.portednumber",
    "carriers.route",
    "common.specialday",
}
for table in " ".join(TABLES).split():
    name = f"admin:{table.replace('.', '_')}"
    writers = ["ADMINISTRATOR"] if table in SETTINGS else []
    nobody = dict.fromkeys(VISITORS, "login") | dict.fromkeys(STAFF, "forbidden")
    EXPECTED[f"{name}_changelist"] = office()
    EXPECTED[f"{name}_change"] = office()
    EXPECTED[f"{name}_history"] = office()
    EXPECTED[f"{name}_add"] = office(*writers) if writers else nobody
    EXPECTED[f"{name}_delete"] = office(*writers) if writers else nobody

# Signing in and out, and one's own password and second factor: allauth's pages, drawn by us.
EXPECTED |= {
    "account_login": everybody("moves") | {ANONYMOUS: "sees"},
    "account_logout": signed_in(),
    "account_inactive": everybody("sees"),
    "account_signup": everybody("moves") | {ANONYMOUS: "sees"},
    "account_reauthenticate": signed_in(),
    "account_email": signed_in(),
    "account_email_verification_sent": everybody("sees"),
    "account_change_password": signed_in(),
    "account_set_password": signed_in("moves"),
    "account_reset_password": everybody("sees"),
    "account_reset_password_done": everybody("sees"),
    "account_reset_password_from_key": everybody("sees"),
    "account_reset_password_from_key_done": everybody("sees"),
    "account_confirm_login_code": everybody("moves") | {ANONYMOUS: "login"},
    "account_confirm_email": everybody("sees"),
    "mfa_index": signed_in(),
    "mfa_authenticate": everybody("moves") | {ANONYMOUS: "login"},
    # What changes the second factor asks for the password once more.
    "mfa_reauthenticate": signed_in("moves"),
    "mfa_activate_totp": signed_in("moves"),
    "mfa_deactivate_totp": signed_in("missing"),
    "mfa_view_recovery_codes": signed_in("missing"),
    "mfa_generate_recovery_codes": signed_in("moves"),
    "mfa_download_recovery_codes": signed_in("missing"),
    "mfa_list_webauthn": signed_in(),
    "mfa_add_webauthn": signed_in("moves"),
    "mfa_reauthenticate_webauthn": signed_in("moves"),
    "mfa_remove_webauthn": signed_in("moves"),
    "mfa_edit_webauthn": signed_in("moves"),
    "healthz": everybody("sees"),
    "readyz": everybody("unready"),
}
# The REST interface knows no browser session: a key or nothing.
EXPECTED |= {
    f"api:{name}": everybody("refused")
    for name in ("quote", "account-list", "account-detail", "transfer-list")
}
EXPECTED |= {
    f"api:{name}": everybody("refused")
    for name in ("message-list", "message-detail", "batch-detail", "balance", "ledger", "nothing")
}
EXPECTED |= {
    f"api:{name}": everybody("refused")
    for name in (
        *("signature-list", "signature-detail", "proof-list", "signature-submit", "signature-urge"),
        *("customer-list", "customer-detail", "pledge-list", "pledge-detail", "pledge-form"),
        *("pledge-copy", "pledge-submit", "recharge-list"),
    )
}
EXPECTED |= {f"api:{name}": everybody("sees") for name in ("schema", "docs", "redoc")}


def routes(patterns, namespace=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or pattern.pattern}"
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner)


# The admin answers what it does not know by itself; the jump from a row to its change page.
UNNAMED = {"admin:(?P<url>.*)$", "admin:<path:object_id>/"}
ROUTES = sorted(set(routes(get_resolver().url_patterns)) - UNNAMED)


def test_every_route_is_listed():
    assert [route for route in ROUTES if route not in EXPECTED] == []


def test_no_route_is_listed_that_is_gone():
    assert sorted(set(EXPECTED) - set(ROUTES)) == []


@pytest.fixture
def world(db, settings, tmp_path):
    """One of everything that an address can name."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PREVIEWS_ROOT = tmp_path / "previews"
    account = AccountFactory(of_customer=True)
    MembershipFactory(partner=account.partner)
    queue(account, ["13800138000"])
    key, _plain = api_keys.issue(account=account, name="生产", mode=KeyMode.LIVE, by=SYSTEM)
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
    AgreementFactory()
    templates.current(at=clock.now())
    SpecialDay.objects.create(day=date(2026, 3, 7), is_working=True, name="补班")
    outbox.publish(
        event="signature.approved",
        partner_id=account.partner_id,
        subject_kind="signature",
        subject_id="1",
        payload={"text": "青禾科技"},
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
    return {"account": account, "key": key, "draft": draft, "letter": letter}


TO_JUDGE_ALL = {"queue", "together"}
OF_A_SLIP = ("detail", "edit", "slip", "withdraw")


def address_of(route, world):
    fixed = {
        "portal:notice-read": [1],
        "backoffice:notice-read": [1],
        "portal:key-revoke": [world["key"].prefix],
        "portal:signature-detail": [world["draft"].pk],
        "portal:signature-edit": [world["draft"].pk],
        "portal:signature-step": [world["draft"].pk, "submit"],
        "portal:proof-add": [world["draft"].pk],
        "portal:proof-reuse": [world["draft"].pk],
        "portal:proof-replace": [1],
        "portal:proof-remove": [1],
        "portal:letter-detail": [world["letter"].pk],
        "portal:letter-edit": [world["letter"].pk],
        "portal:letter-scan": [world["letter"].pk],
        "portal:letter-step": [world["letter"].pk, "submit"],
        "backoffice:statement-preview": [_pk_of_statement()],
        "backoffice:approval-approve": [1],
        "backoffice:approval-send-back": [1],
        "backoffice:reversal-approve": [1],
        "backoffice:reversal-decline": [1],
        "backoffice:statement-store": [1],
        "backoffice:statement-discard": [1],
        **{f"portal:recharge-{page}": [_pk_of(Recharge)] for page in ("detail", "receipt")},
        **{f"portal:remittance-{page}": [_pk_of(Remittance)] for page in OF_A_SLIP},
        "portal:error-detail": ["not_found"],
        "admin:app_list": ["partners"],
        "admin:view_on_site": [1, 1],
        "api:message-detail": ["msg_" + "0" * 32],
        "api:account-detail": ["TCLKJ00000"],
        "api:transfer-list": ["TCLKJ00000"],
        "api:batch-detail": ["bat_" + "0" * 32],
        **{f"api:signature-{name}": ["sig_1"] for name in ("detail", "submit", "urge")},
        "api:proof-list": ["sig_1"],
        "api:customer-detail": ["cus_1"],
        **{f"api:pledge-{name}": ["plg_1"] for name in ("detail", "form", "copy", "submit")},
        "account_reset_password_from_key": ["1", "x-y"],
        "account_confirm_email": ["x"],
    }
    if route in fixed:
        return reverse(route, args=fixed[route])
    if route.startswith(("portal:customer-", "portal:pledge-", "portal:agreement-")):
        return _of_papers(route, world["account"])
    if route == "api:nothing":
        return "/api/v1/nothing"
    if route.startswith("backoffice:judging-") and route.rpartition("-")[2] not in TO_JUDGE_ALL:
        return reverse(route, args=["signatures", Signature.objects.waiting().get().pk])
    if route.partition(":")[2] in {"file-download", "file-page", "file-view"}:
        slip = Remittance.objects.order_by("pk").first()
        page = [1] if route.endswith("file-page") else []
        return reverse(route, args=["vouchers", slip.pk, *page])
    if route in {"mfa_remove_webauthn", "mfa_edit_webauthn"}:
        return reverse(route, args=[1])
    takes_row = route.startswith("admin:") and not _is_of_list(route)
    return reverse(route, args=[_first(route).pk] if takes_row and _first(route) else [])


def _of_papers(route, account):
    """Name the customer of the account, its pledge or its partner's agreement."""
    noun, _, page = route.removeprefix("portal:").partition("-")
    rows = {
        "customer": account.partner.customers,
        "pledge": account.customer.pledges,
        "agreement": account.partner.agreements,
    }
    if page in {"list", "new"}:
        return reverse(route)
    row = account.customer if page == "begin" else rows[noun].get()
    return reverse(route, args=[row.pk, *(["submit"] if page == "step" else [])])


def _pk_of(model):
    return model.objects.order_by("pk").values_list("pk", flat=True).first()


def _pk_of_statement():
    return StatementImport.objects.values_list("pk", flat=True).get()


LIST_ACTIONS = (
    "_draft",
    "_copy_latest",
    "_create",
    "_replace",
    "_open_table",
    "_open_profile",
    "_enter",
    "_enrol",
)


def _is_of_list(route):
    return route.count("_") < 2 or route.endswith(("_changelist", "_add", *LIST_ACTIONS))


def _first(route):
    for model in admin.site._registry:
        if route.startswith(f"admin:{model._meta.app_label}_{model._meta.model_name}_"):
            return model.objects.order_by("pk").first()
    return None


def browser_of(visitor, world):
    client = Client()
    kind, _, role = visitor.partition(" ")
    if visitor == STRANGER:
        client.force_login(UserFactory())
    elif visitor == OTHER:
        client.force_login(MembershipFactory().user)
    elif kind == "partner":
        client.force_login(MembershipFactory(partner=world["account"].partner, role=role).user)
    elif kind == "staff":
        client.force_login(StaffFactory(staff_role=role))
    return client


def outcome_of(response, route):
    if 200 <= response.status_code < 300:
        return "sees"
    if response.status_code in {301, 302}:
        is_login = response.headers["Location"].startswith(("/accounts/login/", "/admin/login/"))
        return "login" if is_login else "moves"
    if route.startswith("api:"):
        return "refused"
    return {403: "forbidden", 404: "missing", 405: "method", 503: "unready"}[response.status_code]


@pytest.mark.parametrize("route", ROUTES)
def test_who_gets_what(route, world):
    address = address_of(route, world)

    outcomes = {}
    for visitor in VISITORS:
        response = browser_of(visitor, world).get(address)
        outcomes[visitor] = outcome_of(response, route)
        if response.streaming:
            assert b"".join(response.streaming_content)

    assert outcomes == EXPECTED[route]


@pytest.mark.django_db
class TestForms:
    """What a form would do, tried by everybody who may not."""

    @pytest.mark.parametrize("visitor", [v for v in VISITORS if v != "partner OWNER"])
    def test_only_the_owner_ends_a_key(self, visitor, world):
        address = reverse("portal:key-revoke", args=[world["key"].prefix])

        browser_of(visitor, world).post(address)

        world["key"].refresh_from_db()
        assert not world["key"].revoked

    @pytest.mark.parametrize("name", sorted(MATRIX_OF_ADMIN_ACTIONS))
    def test_only_the_role_presses_the_button(self, name, world):
        allowed = {f"staff {role}" for role in MATRIX_OF_ADMIN_ACTIONS[name]}
        address = address_of(f"admin:{name}", world)

        statuses = {
            visitor: browser_of(visitor, world).post(address, {}).status_code
            for visitor in VISITORS
            if visitor not in allowed
        }

        assert set(statuses.values()) <= {302, 403}
