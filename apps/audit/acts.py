"""The act around a write: its name, who and why, attached to every history row it makes.

with act("signatures.approve", by=actor, reason="licence matches"):
    ...
"""

from collections.abc import Collection
from contextlib import AbstractContextManager
from typing import Any

import pghistory

from apps.audit.actors import Actor


def act(
    name: str, *, by: Actor, reason: str = "", relaxed: Collection[str] = ()
) -> AbstractContextManager[Any]:
    """Return a context in which history rows carry the act, the actor and the reason.

    `relaxed` names the separations that were relaxed for it, where one person did what two do.
    """
    marked = {"relaxed": sorted(relaxed)} if relaxed else {}
    return pghistory.context(
        act=name, actor_kind=by.kind, actor_id=by.id, actor=by.label, reason=reason, **marked
    )
