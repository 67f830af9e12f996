"""Why a person must leave a purchase to another: asked by the service, and by pages beforehand."""

from collections.abc import Collection
from decimal import Decimal
from enum import StrEnum

from apps.audit.actors import Actor
from apps.recharges import rules
from apps.recharges.models import Recharge


class Obstacle(StrEnum):
    """What a person did that keeps them from approving."""

    TYPED = "TYPED"  # typed a line of the bank that it is paid with
    PROPOSED = "PROPOSED"  # said whose money it is, and it is above the limit for one person


def obstacle_of(
    purchase: Collection[Recharge], *, by: Actor, one_person_max_yuan: Decimal
) -> Obstacle | None:
    """Return why `by` may not approve a purchase whose bank entries are read; None if they may."""
    has_typed = any(
        each.bank_entry.statement_id is None and by.is_same_person(each.bank_entry.entered_by_id)
        for each in purchase
    )
    needs_another = rules.needs_second_person(
        amount_yuan=sum((each.amount_yuan for each in purchase), Decimal(0)),
        one_person_max_yuan=one_person_max_yuan,
        has_typed=has_typed,
        has_proposed=any(by.is_same_person(each.entered_by_id) for each in purchase),
    )
    if not needs_another:
        return None
    return Obstacle.TYPED if has_typed else Obstacle.PROPOSED
