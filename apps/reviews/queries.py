"""Reads about what is judged."""

from collections.abc import Iterable
from datetime import datetime

from apps.reviews.models import Claim


def claims_on(*, queue: str, subject_ids: Iterable[str], at: datetime) -> dict[str, Claim]:
    """Return the claims that hold on these subjects of a queue, with their holders; one query."""
    claims = Claim.objects.filter(queue=queue, subject_id__in=list(subject_ids), lapses_at__gt=at)
    return {claim.subject_id: claim for claim in claims.select_related("claimed_by")}
