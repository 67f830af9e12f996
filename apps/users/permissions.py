"""What each staff role may do, as Django permission strings (DESIGN section 8).

Everybody on the staff may look at everything; an auditor does nothing else. The rest is what a
role is there for. `RoleBackend` answers from these sets; nothing is kept in the database.
"""

from apps.users.choices import StaffRole

LOOK = frozenset(
    f"{app}.view_{model}"
    for app, models in {
        "agreements": "agreement",
        "carriers": "connector numbersegment portednumber route",
        "ledger": "balance dailyseal ledgerentry",
        "messaging": "batch chunk message receipt submission",
        "partners": "account apikey customer membership partner",
        "pledges": "pledge",
        "rates": "characterstandard ratetable ratetier rateversion",
        "recharges": "bankentry lot recharge remittance",
        "signatures": "proofdocument signature",
        "users": "user",
    }.items()
    for model in models.split()
)
REVIEW = frozenset({"signatures.judge_signature", "pledges.judge_pledge"})
MONEY = frozenset(
    {
        "recharges.enter_bankentry",
        "recharges.propose_recharge",
        "recharges.confirm_recharge",
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
        "partners.create_partner",
        "partners.add_membership",
        "partners.open_account",
        "rates.replace_characterstandard",
    }
)
CHANNELS = frozenset(
    f"carriers.{verb}_{model}"
    for verb in ("add", "change", "delete")
    for model in ("connector", "route", "numbersegment", "portednumber")
)
STAFF = frozenset({"users.enrol_user", "users.govern_user"})

OF_ROLE: dict[StaffRole, frozenset[str]] = {
    StaffRole.REVIEWER: LOOK | REVIEW,
    StaffRole.FINANCE: LOOK | MONEY,
    StaffRole.RISK: LOOK | SUSPENSION,
    StaffRole.SUPPORT: LOOK,
    StaffRole.AUDITOR: LOOK,
    StaffRole.ADMINISTRATOR: (LOOK | REVIEW | MONEY | SUSPENSION | CONTRACTS | CHANNELS | STAFF),
}


def of_role(role: str) -> frozenset[str]:
    """Return the permissions of a staff role; none for people who are not staff."""
    return OF_ROLE[StaffRole(role)] if role else frozenset()
