"""Row locks of reviews. Order: what is judged (by the locks of its app), then the claim on it."""

from apps.reviews.models import Claim


def claim(*, queue: str, subject_id: str) -> Claim | None:
    """Lock the claim on something and return it with its holder; None when nobody ever took it."""
    found = Claim.objects.select_for_update(of=("self",)).select_related("claimed_by")
    return found.filter(queue=queue, subject_id=subject_id).first()
