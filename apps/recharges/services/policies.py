"""The rules of recharging: proposed by an administrator, in force when a second person approves."""

from datetime import datetime, time
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import InvalidError
from apps.recharges.models import RechargePolicy
from apps.recharges.queries import money as queries
from apps.recharges.services.bank_entries import check_amount
from apps.users.models import Proposal
from apps.users.proposals import Approval
from apps.users.services import proposals

KIND = "recharges.change_policy"


class PolicySameError(InvalidError):
    """The rules are so already."""

    code = "recharge_policy_same"
    message = _("The rules are so already. Change one of them.")
    cure = _("Change the limit or the cut-off, then propose it.")


@transaction.atomic
def propose(
    *, one_person_max_yuan: Decimal, cut_off: time, reason: str, by: Actor, at: datetime
) -> Proposal:
    """Propose other rules; those in force stay until a second person approves.

    Raises:
        AmountError: the limit is no amount of money.
        PolicySameError: nothing would change.
        ProposalReasonMissingError: no reason was given.
    """
    check_amount(one_person_max_yuan)
    now = queries.policy()
    if (now.one_person_max_yuan, now.cut_off) == (one_person_max_yuan, cut_off):
        raise PolicySameError
    payload = {
        "one_person_max_yuan": str(one_person_max_yuan),
        "cut_off": cut_off.isoformat("minutes"),
    }
    return proposals.make(kind=KIND, payload=payload, reason=reason, by=by, at=at)


def change_approved(approval: Approval) -> str:
    """Put the rules that were proposed in force; what was found before keeps its deadline."""
    values = {
        "one_person_max_yuan": Decimal(approval.payload["one_person_max_yuan"]),
        "cut_off": time.fromisoformat(approval.payload["cut_off"]),
    }
    with act(
        "recharges.change_policy", by=approval.by, reason=approval.reason, relaxed=approval.relaxed
    ):
        RechargePolicy.objects.update_or_create(defaults=values)
    return ""
