"""Whether a person must leave a purchase to another: asked by the service, and by pages beforehand.

The table of separations decides; here is who had a hand in the money, and the limit up to which one
person is enough.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from apps.audit import separations
from apps.audit.actors import Actor
from apps.audit.separations import Hands, Judgement
from apps.recharges import rules
from apps.recharges.models import Recharge


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowance:
    """What a person may credit alone on a day, and has credited alone on it."""

    limit_yuan: Decimal
    used_yuan: Decimal

    def covers(self, purchase: Collection[Recharge]) -> bool:
        """Tell whether a purchase fits into what is left of it."""
        return rules.is_one_person_enough(
            amount_yuan=sum((each.amount_yuan for each in purchase), Decimal(0)),
            used_yuan=self.used_yuan,
            limit_yuan=self.limit_yuan,
        )


def judge(purchase: Collection[Recharge], *, by: Actor, allowance: Allowance) -> Judgement:
    """Return what keeps `by` from approving a purchase whose bank entries and files are read."""
    hands = hands_on(purchase, is_proposal_free=allowance.covers(purchase))
    return separations.judge("recharges.confirm", by=by, hands=hands)


def hands_on(purchase: Collection[Recharge], *, is_proposal_free: bool) -> Hands:
    """Return who typed, uploaded or proposed a purchase.

    Up to the limit a proposal binds nobody: whoever made it may credit it, too.
    """
    entries = [each.bank_entry for each in purchase]
    files = [entry.statement for entry in entries if entry.statement is not None]
    return {
        "bank_entries.enter": [each.entered_by_id for each in entries if each.statement is None],
        "statements.upload": [each.uploaded_by_id for each in files],
        "statements.remap": [each.mapped_by_id for each in files],
        "recharges.propose": () if is_proposal_free else [each.entered_by_id for each in purchase],
    }
