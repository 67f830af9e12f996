"""Which step a pledge may take, and the errors that several services raise."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import REASON, RELOAD, ConflictError, InvalidError
from apps.pledges.choices import EDITABLE, NEXT_PLEDGE_STATUS, PledgeStatus
from apps.pledges.models import Pledge

QUEUE = "pledges"  # under which reviewers claim them


class PledgeStateError(ConflictError):
    """The pledge's state does not allow this step."""

    code = "pledge_wrong_state"
    message = _("The pledge of %(customer)s is %(status)s, which does not allow this.")
    cure = RELOAD


class PledgeReasonMissingError(InvalidError):
    """A refusal needs a reason that the partner can read."""

    code = "pledge_reason_missing"
    message = _("Say why: the partner reads it.")
    cure = REASON


def check(pledge: Pledge, status: PledgeStatus) -> None:
    """Refuse a step that the table of states does not have."""
    if status not in NEXT_PLEDGE_STATUS[PledgeStatus(pledge.status)]:
        raise wrong_state(pledge)


def check_is(pledge: Pledge, *allowed: PledgeStatus) -> None:
    """Refuse a step that only these states allow."""
    if pledge.status not in allowed:
        raise wrong_state(pledge)


def check_editable(pledge: Pledge) -> None:
    """Refuse to change what was handed in."""
    check_is(pledge, *EDITABLE)


def wrong_state(pledge: Pledge) -> PledgeStateError:
    """Return the error that names the customer and the pledge's state."""
    return PledgeStateError(customer=pledge.customer.name, status=pledge.get_status_display())
