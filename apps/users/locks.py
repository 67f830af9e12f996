"""Row locks of claims and people. Order: after what is claimed or decided about."""

from apps.users.models import Claim, User


def claim(*, queue: str, subject_id: str) -> Claim | None:
    """Lock the claim on something and return it with its holder; None when nobody ever took it."""
    found = Claim.objects.select_for_update(of=("self",)).select_related("claimed_by")
    return found.filter(queue=queue, subject_id=subject_id).first()


def person(user_id: int) -> None:
    """Lock a person, so that what they may do within a day is reckoned one act after another.

    The key stays free: rows that name the person may be written meanwhile.
    """
    User.objects.select_for_update(no_key=True).only("pk").get(pk=user_id)
