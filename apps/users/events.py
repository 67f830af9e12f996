"""What is told of people and their rights."""

from dataclasses import dataclass

from apps.common.outbox import Code, Event, Written


@dataclass(frozen=True, kw_only=True)
class ProposalMade(Event):
    """Something waits to be approved by a second person.

    Attributes:
        kind: what is proposed, by the name of its kind.
        by: who proposes it.
        reason: what they gave as the reason.
    """

    name = "approval.proposal"
    subject_kind = "proposal"

    kind: Code
    by: Written
    reason: Written
