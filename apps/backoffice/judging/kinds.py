"""The kinds of application that are judged, in the order in which they are named."""

from apps.backoffice.judging import letters, pledges, signatures
from apps.backoffice.judging.applications import Kind
from apps.users.models import User

KINDS: dict[str, Kind] = {kind.name: kind for kind in (signatures.KIND, letters.KIND, pledges.KIND)}


def kinds_of(user: User) -> list[Kind]:
    """Return the kinds that a member of staff may look at."""
    return [kind for kind in KINDS.values() if user.has_perm(kind.view_permission)]


def is_judge(user: User) -> bool:
    """Tell whether somebody judges any kind."""
    return any(user.has_perm(kind.judge_permission) for kind in KINDS.values())
