"""What each staff role may do, as Django permission strings (DESIGN section 8).

Everybody on the staff may look at everything but security events, which say where colleagues and
partners' people sign in from; an auditor looks at those as well and does nothing else. The rest is
what a role is there for. `RoleBackend` answers from these sets; nothing is kept in the database.
"""

from django.conf import settings

from apps.audit.separations import ROLES_PARTED
from apps.users.choices import StaffRole

LOOK = frozenset(
    f"{app}.view_{model}"
    for app, models in {
        "agreements": ("agreement agreementtemplate issueddocument signedcopy templateclause"),
        "common": "outboxdelivery specialday",
        "carriers": "connector numbersegment portednumber route",
        "ledger": "balance dailyseal ledgerentry transfer",
        "messaging": "batch chunk message receipt submission",
        "partners": "account apikey customer gateway membership partner",
        "pledges": "pledge pledgeround pledgetemplate",
        "rates": "characterstandard ratetable ratetier rateversion",
        "recharges": (
            "bankentry bankprofile expectedrecharge latecredit lot match recharge rechargepolicy "
            "rechargereceipt remittance reversal statementimport"
        ),
        "signatures": (
            "authorisationletter operatorregistration proofdocument round signature signaturepolicy"
        ),
        "users": "proposal user",
    }.items()
    for model in models.split()
)
WATCH = frozenset({"audit.view_securityevent"})
REVIEW = frozenset({"signatures.judge_signature", "pledges.judge_pledge"})
MONEY = frozenset(
    {
        "recharges.enter_bankentry",
        "recharges.open_bankprofile",
        "recharges.confirm_bankprofile",
        "recharges.reject_remittance",
        "recharges.cancel_expectedrecharge",
        "recharges.propose_recharge",
        "recharges.confirm_recharge",
        "recharges.request_reversal",
        "recharges.decide_reversal",
        "recharges.collect_reversal",
        "recharges.write_off_reversal",
        "rates.open_ratetable",
        "rates.draft_rateversion",
        "rates.publish_rateversion",
        "agreements.draft_agreement",
    }
)
SUSPENSION = frozenset({"partners.suspend_account", "partners.revoke_apikey"})
CONTRACTS = frozenset(
    {
        "agreements.draft_agreement",
        "agreements.activate_agreement",
        "agreements.word_agreementtemplate",
        "partners.add_gateway",
        "partners.change_gateway",
        "partners.create_partner",
        "partners.keep_customer",
        "partners.add_membership",
        "partners.open_account",
        "pledges.write_wording",
        "rates.replace_characterstandard",
        "recharges.change_rechargepolicy",
        "signatures.change_signaturepolicy",
    }
)
CHANNELS = frozenset(
    f"carriers.{verb}_{model}"
    for verb in ("add", "change", "delete")
    for model in ("connector", "route", "numbersegment", "portednumber")
)
STAFF = frozenset({"users.enrol_user", "users.govern_user"})
# Whoever approves what takes two people: never the one who proposed it.
DECISION = frozenset({"users.decide_proposal"})
# What an administrator does beside finance: look at the bank's own paper, prepare a contract.
BESIDE_FINANCE = frozenset({"recharges.confirm_bankprofile"})
RUNNING = frozenset(
    {
        "common.add_specialday",
        "common.change_specialday",
        "common.delete_specialday",
        "common.retry_outboxdelivery",
    }
)

OF_ROLE: dict[StaffRole, frozenset[str]] = {
    StaffRole.REVIEWER: LOOK | REVIEW,
    StaffRole.FINANCE: LOOK | MONEY,
    StaffRole.RISK: LOOK | SUSPENSION | DECISION,
    StaffRole.SUPPORT: LOOK,
    StaffRole.AUDITOR: LOOK | WATCH,
    StaffRole.ADMINISTRATOR: (
        LOOK
        | WATCH
        | SUSPENSION
        | CONTRACTS
        | CHANNELS
        | STAFF
        | DECISION
        | BESIDE_FINANCE
        | RUNNING
    ),
}
# Roles that approve money and applications, and roles that make log-ins and rules: one natural
# person never has one of each.
APPROVING = frozenset({StaffRole.REVIEWER, StaffRole.FINANCE})
ADMINISTERING = frozenset({StaffRole.ADMINISTRATOR})


def of_role(role: str) -> frozenset[str]:
    """Return the permissions of a staff role; none for people who are not staff.

    Where the installation says that administrators approve, they may what those who approve may.
    """
    if not role:
        return frozenset()
    more = REVIEW | MONEY if approves_by_relaxation(role) else frozenset()
    return OF_ROLE[StaffRole(role)] | more


def approves_by_relaxation(role: str) -> bool:
    """Tell whether a role approves only because this installation does without the separation."""
    return role in ADMINISTERING and ROLES_PARTED in settings.RELAXED_SEPARATIONS


def has_power(role: str) -> bool:
    """Tell whether a role does more than look, so that giving it takes two people."""
    return bool(role) and not OF_ROLE[StaffRole(role)] <= LOOK | WATCH


def clashes(one: str, other: str) -> bool:
    """Tell whether one natural person must not have both roles."""
    return (one in APPROVING and other in ADMINISTERING) or (
        other in APPROVING and one in ADMINISTERING
    )
