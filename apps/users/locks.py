"""Row locks of claims. Order: after what is claimed."""

from apps.users.models import Claim


def claim(*, queue: str, subject_id: str) -> Claim | None:
    """Lock the claim on something and return it with its holder; None when nobody ever took it."""
    found = Claim.objects.select_for_update(of=("self",)).select_related("claimed_by")
    return found.filter(queue=queue, subject_id=subject_id).first()
