"""Which events somebody is told of, and whom: by role, at the partner and at the gateway.

A name here has its text in `templates/notices/<name>.txt`; a test walks both.
"""

from dataclasses import dataclass

from apps.partners.choices import PartnerRole
from apps.users.choices import StaffRole


@dataclass(frozen=True, kw_only=True, slots=True)
class Audience:
    """Whose people hear of an event: roles of the event's own partner, and roles of staff."""

    partner: frozenset[PartnerRole] = frozenset()
    staff: frozenset[StaffRole] = frozenset()


MONEY = Audience(partner=frozenset({PartnerRole.OWNER, PartnerRole.FINANCE}))
PAPERS = Audience(partner=frozenset({PartnerRole.OWNER, PartnerRole.OPERATOR}))
JUDGES = Audience(staff=frozenset({StaffRole.REVIEWER}))
DECIDERS = Audience(staff=frozenset({StaffRole.ADMINISTRATOR, StaffRole.RISK}))
TREASURY = Audience(staff=frozenset({StaffRole.FINANCE}))
BOTH_SIDES = Audience(
    partner=MONEY.partner, staff=frozenset({StaffRole.FINANCE, StaffRole.ADMINISTRATOR})
)

CATALOGUE: dict[str, Audience] = {
    "agreement.issued": MONEY,
    "agreement.activated": MONEY,
    "agreement.expired": MONEY,
    "agreement.terminated": MONEY,
    "agreement.superseded": MONEY,
    "agreement.expiring": BOTH_SIDES,
    "signature.submitted": JUDGES,
    "signature.urged": JUDGES,
    "signature.approved": PAPERS,
    "signature.rejected": PAPERS,
    "signature.suspended": PAPERS,
    "signature.resumed": PAPERS,
    "signature.revoked": PAPERS,
    "signature.expired": PAPERS,
    "signature.renewed": PAPERS,
    "signature.proof_expiring": PAPERS,
    "letter.submitted": JUDGES,
    "letter.approved": PAPERS,
    "letter.rejected": PAPERS,
    "letter.revoked": PAPERS,
    "letter.expired": PAPERS,
    "pledge.submitted": JUDGES,
    "pledge.approved": PAPERS,
    "pledge.rejected": PAPERS,
    "pledge.revoked": PAPERS,
    "pledge.expired": PAPERS,
    "pledge.expiring": PAPERS,
    "recharge.credited": MONEY,
    "recharge.reversed": MONEY,
    "recharge.overdue": TREASURY,
    "recharge.remittance_entered": TREASURY,
    "recharge.remittance_rejected": MONEY,
    "balance.low": MONEY,
    "approval.recharge": TREASURY,
    "approval.reversal": TREASURY,
    "approval.proposal": DECIDERS,
}
