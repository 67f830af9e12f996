"""Row locks of reviews.

Order: what is judged (by `Kind.lock`, in the order of its app), then the claim on it, then the
counter of work orders. A round is changed only under the lock of what it is about.
"""

from datetime import date

from apps.reviews.models import Claim, OrderCounter


def claim(*, queue: str, subject_id: str) -> Claim | None:
    """Lock the claim on something and return it with its holder; None when nobody ever took it."""
    found = Claim.objects.select_for_update(of=("self",)).select_related("claimed_by")
    return found.filter(queue=queue, subject_id=subject_id).first()


def order_counter(prefix: str, day: date) -> OrderCounter:
    """Lock and return the counter of a day's work orders, made when it is the day's first."""
    OrderCounter.objects.bulk_create(
        [OrderCounter(prefix=prefix, day=day)],
        ignore_conflicts=True,
    )
    return OrderCounter.objects.select_for_update().get(prefix=prefix, day=day)
