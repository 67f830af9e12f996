"""Row locks of pledges; one at a time."""

from apps.common.errors import NotFoundError
from apps.pledges.models import Pledge


def pledge(pledge_id: int) -> Pledge:
    """Lock and return one pledge, with its customer read beside it."""
    found = (
        Pledge.objects.select_for_update(of=("self",))
        .select_related("customer")
        .filter(pk=pledge_id)
        .first()
    )
    if found is None:
        raise NotFoundError(pledge_id=pledge_id)
    return found
