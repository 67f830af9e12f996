"""Row locks of agreements. Order: agreement, then its partner, then the counter of numbers."""

from datetime import date

from apps.agreements.models import Agreement, NumberCounter
from apps.common.errors import NotFoundError


def agreement(agreement_id: int) -> Agreement:
    """Lock and return one agreement, with its partner read beside it."""
    found = (
        Agreement.objects.select_for_update(of=("self",))
        .select_related("partner")
        .filter(pk=agreement_id)
        .first()
    )
    if found is None:
        raise NotFoundError(agreement_id=agreement_id)
    return found


def agreements_over_on(day: date) -> list[Agreement]:
    """Lock and return the active agreements whose term has ended, by primary key."""
    return list(Agreement.objects.over_on(day).select_for_update(of=("self",)).order_by("pk"))


def number_counter(year: int) -> NumberCounter:
    """Lock and return a year's counter until the transaction ends."""
    NumberCounter.objects.get_or_create(year=year)
    return NumberCounter.objects.select_for_update().get(year=year)
