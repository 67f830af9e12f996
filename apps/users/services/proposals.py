"""Proposals: made by one person, carried out when another approves, or declined.

The proposer may decline, too: that takes it back, and approves nothing.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.audit import separations
from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.audit.separations import SeparationError
from apps.common import outbox
from apps.common.errors import RELOAD, ConflictError, InvalidError
from apps.users import locks
from apps.users.events import ProposalMade
from apps.users.models import Proposal
from apps.users.proposals import KINDS, Approval, Payload


class ProposalStateError(ConflictError):
    """It was decided before."""

    code = "proposal_wrong_state"
    message = _("This proposal is %(status)s, which does not allow this.")
    cure = RELOAD


class ProposalReasonMissingError(InvalidError):
    """Whoever decides wants to know why."""

    code = "proposal_reason_missing"
    message = _("Say why: whoever decides reads it, and it stays on record.")
    cure = _("Fill in the reason and repeat. It is recorded.")


class OwnProposalMadeError(SeparationError):
    """Nobody approves what they proposed."""

    code = "proposal_own"


@transaction.atomic
def make(*, kind: str, payload: Payload, reason: str, by: Actor, at: datetime) -> Proposal:
    """Propose something that a second person approves; nothing is changed by it.

    Raises:
        ProposalReasonMissingError: no reason was given.
    """
    if not reason.strip():
        raise ProposalReasonMissingError
    with act("proposals.make", by=by, reason=reason):
        proposal = Proposal.objects.create(
            kind=KINDS[kind].name,
            payload=dict(payload),
            reason=reason.strip(),
            proposed_by_id=by.user_id,
            proposed_at=at,
        )
    outbox.publish(
        ProposalMade(
            partner_id=None,
            subject_id=str(proposal.pk),
            kind=proposal.kind,
            by=by.label,
            reason=proposal.reason,
        ),
        at=at,
    )
    return proposal


@transaction.atomic
def approve(*, proposal_id: int, by: Actor, at: datetime) -> tuple[Proposal, str]:
    """Carry a proposal out; return it with what is shown once, such as a first password.

    Raises:
        ProposalStateError: it was decided before.
        OwnProposalMadeError: `by` proposed it.
        DomainError: what the kind's service raises.
    """
    proposal = _waiting(proposal_id)
    relaxed = separations.check(
        "proposals.approve",
        by=by,
        hands=proposal.hands(),
        errors={"proposal-made": OwnProposalMadeError},
    )
    proposal.status = Proposal.Status.APPROVED
    proposal.decided_by_id, proposal.decided_at = by.user_id, at
    with act("proposals.approve", by=by, reason=proposal.reason, relaxed=relaxed):
        proposal.save()
    proposer = proposal.proposed_by
    reason = gettext("%(reason)s (proposed by %(person)s)") % {
        "reason": proposal.reason,
        "person": proposer.display_name if proposer else "—",
    }
    approval = Approval(
        payload=proposal.payload, by=by, at=at, reason=reason[:200], relaxed=relaxed
    )
    return proposal, KINDS[proposal.kind].carry_out(approval)


@transaction.atomic
def decline(*, proposal_id: int, reason: str, by: Actor, at: datetime) -> Proposal:
    """Leave everything as it is.

    Raises:
        ProposalReasonMissingError: no reason was given.
        ProposalStateError: it was decided before.
    """
    if not reason.strip():
        raise ProposalReasonMissingError
    proposal = _waiting(proposal_id)
    proposal.status = Proposal.Status.DECLINED
    proposal.decided_by_id, proposal.decided_at = by.user_id, at
    proposal.decision_reason = reason.strip()
    with act("proposals.decline", by=by, reason=reason):
        proposal.save()
    return proposal


def _waiting(proposal_id: int) -> Proposal:
    proposal = locks.proposal(proposal_id)
    if proposal.status != Proposal.Status.PENDING:
        raise ProposalStateError(status=proposal.get_status_display())
    return proposal
