"""Row locks. Order: proposals, then what is decided about, then people."""

from apps.common.errors import NotFoundError
from apps.users.models import Proposal, User


def person(user_id: int) -> None:
    """Lock a person, so that what they may do within a day is reckoned one act after another.

    The key stays free: rows that name the person may be written meanwhile.
    """
    User.objects.select_for_update(no_key=True).only("pk").get(pk=user_id)


def proposal(proposal_id: int) -> Proposal:
    """Lock and return a proposal with its proposer."""
    rows = Proposal.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("proposed_by").filter(pk=proposal_id).first()
    if found is None:
        raise NotFoundError(proposal_id=proposal_id)
    return found
