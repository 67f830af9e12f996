"""Which events somebody is told of, and whom: by role, at the partner and at the gateway.

Each has its text in `templates/notices/<name>.txt`; a test walks both.
"""

from dataclasses import dataclass

from apps.agreements import events as agreements
from apps.common.outbox import Event
from apps.ledger import events as ledger
from apps.partners.choices import PartnerRole
from apps.pledges import events as pledges
from apps.recharges import events as recharges
from apps.signatures import events as signatures
from apps.users import events as users
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

CATALOGUE: dict[type[Event], Audience] = {
    agreements.AgreementIssued: MONEY,
    agreements.AgreementActivated: MONEY,
    agreements.AgreementExpired: MONEY,
    agreements.AgreementTerminated: MONEY,
    agreements.AgreementSuperseded: MONEY,
    agreements.AgreementExpiring: BOTH_SIDES,
    signatures.SignatureSubmitted: JUDGES,
    signatures.SignatureUrged: JUDGES,
    signatures.SignatureApproved: PAPERS,
    signatures.SignatureRejected: PAPERS,
    signatures.SignatureSuspended: PAPERS,
    signatures.SignatureResumed: PAPERS,
    signatures.SignatureRevoked: PAPERS,
    signatures.SignatureExpired: PAPERS,
    signatures.SignatureRenewed: PAPERS,
    signatures.SignatureProofExpiring: PAPERS,
    signatures.LetterSubmitted: JUDGES,
    signatures.LetterUrged: JUDGES,
    signatures.LetterApproved: PAPERS,
    signatures.LetterRejected: PAPERS,
    signatures.LetterRevoked: PAPERS,
    signatures.LetterExpired: PAPERS,
    pledges.PledgeSubmitted: JUDGES,
    pledges.PledgeUrged: JUDGES,
    pledges.PledgeApproved: PAPERS,
    pledges.PledgeRejected: PAPERS,
    pledges.PledgeRevoked: PAPERS,
    pledges.PledgeExpired: PAPERS,
    pledges.PledgeExpiring: PAPERS,
    recharges.RechargeCredited: MONEY,
    recharges.RechargeReversed: MONEY,
    recharges.RechargeOverdue: TREASURY,
    recharges.RemittanceEntered: TREASURY,
    recharges.RemittanceRejected: MONEY,
    ledger.BalanceLow: MONEY,
    recharges.RechargeProposed: TREASURY,
    recharges.ReversalRequested: TREASURY,
    users.ProposalMade: DECIDERS,
}
