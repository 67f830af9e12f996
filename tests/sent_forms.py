"""Every form that makes a row, filled in for the world of `tests.access`."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse

from apps.audit.actors import SYSTEM
from apps.common import clock
from apps.ledger.services import credits as ledger_credits
from apps.pledges import wording
from tests.access.expected_admin import MATRIX_OF_ADMIN_ACTIONS
from tests.access.visitors import browser_of
from tests.access.world import World
from tests.factories import files
from tests.factories.agreements import AgreementFactory, TemplateClauseFactory
from tests.factories.messaging import ConnectorFactory
from tests.factories.partners import AccountFactory, CustomerFactory, PartnerFactory
from tests.factories.pledges import PledgeFactory
from tests.factories.rates import RateVersionFactory
from tests.factories.recharges import BankEntryFactory, RechargeFactory
from tests.factories.signatures import ProofDocumentFactory, SignatureFactory
from tests.factories.statements import BankProfileFactory, credit, csv

OWNER, ADMINISTRATOR, FINANCE = "partner OWNER", "staff ADMINISTRATOR", "staff FINANCE"
START = "2099-01-01T00:00"
DIALOG = {"_form_submitted": "True"}
PERSON = {**DIALOG, "last_name": "钱", "first_name": "伟"}


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A form as somebody sends it: `makes` is the table of the row, `address` if not the world's."""

    makes: str
    values: dict[str, Any] = field(default_factory=dict)
    visitor: str = ADMINISTRATOR
    address: str = ""


@dataclass(frozen=True)
class Upload:
    """A file that somebody chose."""

    name: str
    content: bytes


SCAN = Upload("scan.png", files.png().getvalue())
STATEMENT = Upload("明细.csv", csv([credit("S7001")]))


def of(route: str, row: Any, **form: Any) -> Filled:
    """Fill in a form of a row of its own, which no other form of the world touches."""
    return Filled(address=reverse(route, args=[row.pk]), **form)


def transfer(world: World) -> Filled:
    """Confirm a transfer that was asked for, from the partner's own account to its customer's."""
    own = AccountFactory(partner=world.account.partner)
    ledger_credits.recharge(
        account_id=own.pk, segments=1_000, recharge_id=0, by=SYSTEM, at=clock.now()
    )
    asked = {"source": own.pk, "target": world.account.pk, "segments": "10", "note": "七月"}
    page = browser_of(OWNER, world).post(reverse("portal:transfer-list"), asked)
    order = page.context["order"]
    return Filled(makes="ledger.Transfer", visitor=OWNER, values={"order": order})


def renewal_of_pledge(world: World) -> Filled:
    """Begin the pledge that follows one that holds."""
    customer = CustomerFactory(partner=world.account.partner)
    row = PledgeFactory(customer=customer, approved=True)
    address = reverse("portal:pledge-step", args=[row.pk, "renew"])
    return Filled(makes="pledges.Pledge", visitor=OWNER, address=address)


def clause_below(_world: World) -> Filled:
    """Put a clause into a draft of the wording."""
    return of(
        "admin:agreements_templateclause_add_after",
        TemplateClauseFactory(template__version=900),
        makes="agreements.TemplateClause",
        values={**DIALOG, "kind": "CLAUSE", "number": "2", "title": "其他", "text": ""},
    )


MAKES: dict[str, Callable[[World], Filled]] = {
    "portal:customer-new": lambda _world: Filled(
        makes="partners.Customer",
        visitor=OWNER,
        values={"name": "同时大药房", "credit_code": "91110000600037341L"},
    ),
    "portal:letter-new": lambda _world: Filled(
        makes="signatures.AuthorisationLetter",
        visitor=OWNER,
        values={
            "grantor_name": "杭州西溪口腔门诊部有限公司",
            "grantor_code": "91330110MACH370602",
            "grantee_name": "青禾",
            "covers_all": "on",
            "valid_from": "2026-01-01",
            "valid_until": "2099-01-01",
        },
    ),
    "portal:remittance-new": lambda world: Filled(
        makes="recharges.Remittance",
        visitor=OWNER,
        values={
            "account": world.account.pk,
            "amount_yuan": "123.45",
            "paid_on": "2026-06-02",
            "payer": "青禾",
            "voucher": SCAN,
            "another": "1",
        },
    ),
    "portal:key-issue": lambda world: Filled(
        makes="partners.ApiKey",
        visitor=OWNER,
        values={
            "account": world.account.pk,
            "name": "ERP",
            "mode": "TEST",
            "scopes": ["messages:send"],
            "allowed_networks": "",
        },
    ),
    "portal:signature-save": lambda world: Filled(
        makes="signatures.Signature",
        visitor=OWNER,
        values={
            "account": world.account.pk,
            "text": "同时软件",
            "source": "COMPANY",
            "use": "OWN",
            "signature": "",
        },
    ),
    "portal:pledge-begin": lambda world: of(
        "portal:pledge-begin",
        CustomerFactory(partner=world.account.partner),
        makes="pledges.Pledge",
        visitor=OWNER,
    ),
    "portal:pledge-step": renewal_of_pledge,
    "portal:transfer-confirm": transfer,
    "portal:proof-add": lambda world: of(
        "portal:proof-add",
        SignatureFactory(account=world.account),
        makes="signatures.ProofDocument",
        visitor=OWNER,
        values={"type": "LICENCE", "file": SCAN},
    ),
    "portal:proof-reuse": lambda world: of(
        "portal:proof-reuse",
        SignatureFactory(account=world.account),
        makes="signatures.ProofDocument",
        visitor=OWNER,
        values={"proof": ProofDocumentFactory(signature=world.draft).pk},
    ),
    "portal:proof-replace": lambda world: of(
        "portal:proof-replace",
        ProofDocumentFactory(signature=SignatureFactory(account=world.account)),
        makes="signatures.ProofDocument",
        visitor=OWNER,
        values={"file": SCAN},
    ),
    "portal:agreement-copy": lambda world: of(
        "portal:agreement-copy",
        AgreementFactory(partner=world.account.partner, issued=True),
        makes="agreements.SignedCopy",
        visitor=OWNER,
        values={"file": SCAN},
    ),
    "backoffice:statement-list": lambda _world: Filled(
        makes="recharges.StatementImport",
        visitor=FINANCE,
        values={"profile": BankProfileFactory().pk, "file": STATEMENT},
    ),
    "admin:common_specialday_add": lambda _world: Filled(
        makes="common.SpecialDay", values={"day": "2026-10-08", "name": "调休"}
    ),
    "admin:carriers_numbersegment_add": lambda _world: Filled(
        makes="carriers.NumberSegment", values={"prefix": "1709", "operator": "MOBILE"}
    ),
    "admin:carriers_connector_add": lambda _world: Filled(
        makes="carriers.Connector",
        values={"name": "直连一", "protocol": "SIMULATOR", "url": "https://carrier.example"},
    ),
    "admin:carriers_portednumber_add": lambda _world: Filled(
        makes="carriers.PortedNumber", values={"number": "13800138009", "operator": "MOBILE"}
    ),
    "admin:carriers_route_add": lambda _world: Filled(
        makes="carriers.Route",
        values={
            "operator": "TELECOM",
            "connector": ConnectorFactory().pk,
            "priority": "77",
            "signature_position": "FRONT",
        },
    ),
    "admin:users_user_enrol": lambda _world: Filled(
        makes="users.User",
        values={**PERSON, "username": "qian.wei", "role": "SUPPORT", "reason": "入职"},
    ),
    "admin:partners_partner_create": lambda _world: Filled(
        makes="partners.Partner", values={**DIALOG, "name": "同时软件有限公司"}
    ),
    "admin:partners_partner_add_member": lambda _world: of(
        "admin:partners_partner_add_member",
        PartnerFactory(),
        makes="partners.Membership",
        values={**PERSON, "username": "sun.li", "role": "VIEWER"},
    ),
    "admin:partners_partner_add_customer": lambda _world: of(
        "admin:partners_partner_add_customer",
        PartnerFactory(),
        makes="partners.Customer",
        values={**DIALOG, "name": "同时口腔门诊部", "credit_code": "91110000600037341L"},
    ),
    "admin:partners_partner_open_own_account": lambda _world: of(
        "admin:partners_partner_open_own_account",
        PartnerFactory(),
        makes="partners.Account",
        values=DIALOG,
    ),
    "admin:partners_partner_open_customer_account": lambda world: of(
        "admin:partners_partner_open_customer_account",
        world.account.partner,
        makes="partners.Account",
        values={**DIALOG, "customer": world.account.customer_id},
    ),
    "admin:rates_ratetable_open_table": lambda _world: Filled(
        makes="rates.RateTable",
        values={**DIALOG, "name": "自有价", "partner": PartnerFactory().pk},
    ),
    "admin:rates_ratetable_draft_version": lambda _world: of(
        "admin:rates_ratetable_draft_version",
        RateVersionFactory().table,
        makes="rates.RateVersion",
        values={**DIALOG, "starts_at": START},
    ),
    "admin:rates_characterstandard_replace": lambda _world: Filled(
        makes="rates.CharacterStandard",
        values={
            **DIALOG,
            "network_class": "phs",
            "single_characters": "58",
            "part_characters": "58",
            "starts_at": START,
        },
    ),
    "admin:agreements_agreement_draft": lambda _world: Filled(
        makes="agreements.Agreement",
        values={
            **DIALOG,
            "partner": PartnerFactory().pk,
            "starts_on": "2026-07-01",
            "refund_rule": "on_reject",
        },
    ),
    "admin:agreements_agreement_renew": lambda _world: of(
        "admin:agreements_agreement_renew",
        AgreementFactory(active=True),
        makes="agreements.Agreement",
        values={**DIALOG, "starts_on": "2027-01-01"},
    ),
    "admin:agreements_agreement_attach_copy": lambda _world: of(
        "admin:agreements_agreement_attach_copy",
        AgreementFactory(issued=True),
        makes="agreements.SignedCopy",
        values={**DIALOG, "side": "PARTNER", "file": SCAN},
    ),
    "admin:agreements_agreementtemplate_copy_latest": lambda _world: Filled(
        makes="agreements.AgreementTemplate", values={**DIALOG, "note": "新条款"}
    ),
    "admin:agreements_templateclause_add_after": clause_below,
    "admin:pledges_pledgetemplate_draft": lambda _world: Filled(
        makes="pledges.PledgeTemplate",
        values={**DIALOG, "title": "新版", "wording": wording.WORDING},
    ),
    "admin:recharges_bankprofile_open_profile": lambda _world: Filled(
        makes="recharges.BankProfile",
        values={**DIALOG, "name": "同时户", "bank_account": "6222 0000 1111"},
    ),
    "admin:recharges_bankentry_enter": lambda _world: Filled(
        makes="recharges.BankEntry",
        visitor=FINANCE,
        values={
            **DIALOG,
            "bank_account": "6222",
            "serial": "S9001",
            "payer": "青禾",
            "amount_yuan": "100",
            "received_at": "2026-06-01T10:00",
        },
    ),
    "admin:recharges_bankentry_propose": lambda world: of(
        "admin:recharges_bankentry_propose",
        BankEntryFactory(),
        makes="recharges.Recharge",
        values={**DIALOG, "account": world.account.pk},
    ),
    "admin:recharges_recharge_take_back": lambda _world: of(
        "admin:recharges_recharge_take_back",
        RechargeFactory(confirmed=True),
        makes="recharges.Reversal",
        values={**DIALOG, "cause": "BOOKED_WRONGLY", "reason": "记到了别的账户"},
    ),
    "admin:signatures_signature_register": lambda _world: of(
        "admin:signatures_signature_register",
        SignatureFactory(approved=True),
        makes="signatures.OperatorRegistration",
        values={**DIALOG, "operator": "MOBILE", "status": "FILED", "on": "2026-06-01"},
    ),
}


def filled(route: str, world: World) -> Filled:
    """Fill in the form of a route, with the address that it is sent to."""
    form = MAKES[route](world)
    roles = MATRIX_OF_ADMIN_ACTIONS.get(route.removeprefix("admin:"), [])
    visitor = f"staff {roles[0]}" if roles else form.visitor
    return replace(form, visitor=visitor, address=form.address or reverse(route))
