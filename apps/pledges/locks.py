"""Row locks of pledges.

Order: partner and customer (`partners.locks`), the pledge; then those of `reviews.locks`. They
leave the key alone (FOR NO KEY UPDATE), so that rows that point here can be written meanwhile.
"""

from django.db import connection

from apps.common.errors import NotFoundError
from apps.pledges.models import Pledge, PledgeTemplate

_WORDINGS = 0x776F7264  # "word": who adds a version of the wording, one at a time


def pledge(pledge_id: int) -> Pledge:
    """Lock and return one pledge, with its customer and partner read beside it."""
    found = (
        Pledge.objects.select_for_update(of=("self",), no_key=True)
        .select_related("customer__partner")
        .filter(pk=pledge_id)
        .first()
    )
    if found is None:
        raise NotFoundError(pledge_id=pledge_id)
    return found


def template(template_id: int) -> PledgeTemplate:
    """Lock and return one version of the wording."""
    found = PledgeTemplate.objects.select_for_update(no_key=True).filter(pk=template_id).first()
    if found is None:
        raise NotFoundError(template_id=template_id)
    return found


def newest_template() -> PledgeTemplate | None:
    """Return the newest version and let nobody else add one, so that no two get the same number.

    A lock of the newest row would not do: whoever waited for it gets it, and not the newer one.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_WORDINGS])
    return PledgeTemplate.objects.select_for_update().order_by("-version").first()
