"""Reads about people."""

from collections.abc import Iterable
from datetime import datetime

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from apps.users.models import Claim, User


def lacks_second_factor(user: User) -> bool:
    """Tell whether this person must set up a second factor before working as staff."""
    return settings.STAFF_SECOND_FACTOR_REQUIRED and user.is_staff and not is_mfa_enabled(user)


def claims_on(*, queue: str, subject_ids: Iterable[str], at: datetime) -> dict[str, Claim]:
    """Return the claims that hold on these subjects of a queue, with their holders; one query."""
    claims = Claim.objects.filter(queue=queue, subject_id__in=list(subject_ids), lapses_at__gt=at)
    return {claim.subject_id: claim for claim in claims.select_related("claimed_by")}
