"""Steps of finance, named and with plain fields, so that another process can take them."""

import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings

from apps.audit.actors import Actor
from apps.common.errors import ConflictError
from apps.recharges.services import matches, recharges, statements
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


STEPS: dict[str, Callable[..., None]] = {
    each.__name__: each for each in (upload, store, match, confirm, withdraw)
}


def take(step: str, *, user_id: int, **fields: Any) -> None:
    """Take a step as a person; whoever takes it again is told, which is no failure."""
    try:
        STEPS[step](**fields, by=Actor.user(user_id, "李娜"))
    except ConflictError as told:
        sys.stderr.write(f"{told.code}\n")
