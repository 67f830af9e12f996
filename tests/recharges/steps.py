"""Steps of finance, named and with plain fields, so that another process can take them."""

import sys
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings

from apps.audit.actors import Actor
from apps.common.errors import ConflictError
from apps.ledger.services import credits as ledger_credits
from apps.partners.models import Account
from apps.recharges.choices import ReversalCause
from apps.recharges.services import (
    late_credits,
    lots,
    matches,
    owed,
    receipts,
    recharges,
    reversals,
    statements,
)
from tests.factories.recharges import MORNING


def upload(*, profile_id: int, content: str, media: str, by: Actor) -> None:
    settings.MEDIA_ROOT = media
    statements.upload(
        profile_id=profile_id, content=content.encode(), file_name="明细.csv", by=by, at=MORNING
    )


def store(*, import_id: int, media: str, by: Actor) -> None:
    settings.MEDIA_ROOT = media
    statements.store(import_id=import_id, by=by, at=MORNING)


def match(*, by: Actor, **fields: Any) -> None:
    matches.confirm(**fields, by=by, at=MORNING)


def confirm(*, recharge_id: int, by: Actor) -> None:
    recharges.confirm(recharge_id=recharge_id, by=by, at=MORNING)


def withdraw(*, recharge_id: int, by: Actor) -> None:
    recharges.withdraw(recharge_id=recharge_id, by=by, reason="账户有误")


def receipt(*, recharge_id: int, media: str, by: Actor) -> None:
    settings.MEDIA_ROOT = media
    receipts.receipt_of(recharge_id=recharge_id, at=MORNING)


def request(*, recharge_id: int, by: Actor) -> None:
    cause = ReversalCause.BOOKED_WRONGLY
    reversals.request(recharge_id=recharge_id, cause=cause, reason="记错账户", by=by, at=MORNING)


def approve(*, reversal_id: int, by: Actor) -> None:
    reversals.approve(reversal_id=reversal_id, by=by, at=MORNING)


def decline(*, reversal_id: int, by: Actor) -> None:
    reversals.decline(reversal_id=reversal_id, reason="到账无误", by=by, at=MORNING)


def collect(*, account_id: int, by: Actor) -> None:
    owed.collect(account_id=account_id, by=by, at=MORNING)


def write_off(*, reversal_id: int, by: Actor) -> None:
    owed.write_off(reversal_id=reversal_id, by=by, reason="我方记错")


def transfer(*, source_id: int, target_id: int, transfer_id: str, by: Actor) -> None:
    ledger_credits.transfer(
        source=Account.objects.get(pk=source_id),
        target=Account.objects.get(pk=target_id),
        segments=30,
        transfer_id=UUID(transfer_id),
        by=by,
        at=MORNING,
    )


def settle(*, by: Actor) -> None:
    lots.settle()


def notice(*, by: Actor) -> None:
    late_credits.notice(at=MORNING)


STEPS: dict[str, Callable[..., None]] = {
    each.__name__: each
    for each in (
        upload,
        store,
        match,
        confirm,
        withdraw,
        receipt,
        request,
        approve,
        decline,
        collect,
        write_off,
        transfer,
        settle,
        notice,
    )
}


def take(step: str, *, user_id: int, **fields: Any) -> None:
    """Take a step as a person; whoever takes it again is told, which is no failure."""
    try:
        STEPS[step](**fields, by=Actor.user(user_id, "李娜"))
    except ConflictError as told:
        sys.stderr.write(f"{told.code}\n")
