"""Row locks of agreements. Order: agreements by primary key, then their partner, then the counter.

A template is locked alone, before its clauses.
"""

from datetime import date

from apps.agreements.models import Agreement, AgreementTemplate, NumberCounter
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


def agreement_and_predecessor(agreement_id: int) -> tuple[Agreement, Agreement | None]:
    """Lock an agreement and the one that it renews, the older first; return them."""
    predecessor_id = (
        Agreement.objects.filter(pk=agreement_id).values_list("renews_id", flat=True).first()
    )
    older = agreement(predecessor_id) if predecessor_id else None
    return agreement(agreement_id), older


def agreements_over_on(day: date) -> list[Agreement]:
    """Lock and return the active agreements whose term has ended, by primary key."""
    return list(Agreement.objects.over_on(day).select_for_update(of=("self",)).order_by("pk"))


def agreements_running_out_by(day: date) -> list[Agreement]:
    """Lock and return the active agreements that end by a day unrenewed, by primary key."""
    found = Agreement.objects.running_out_by(day).select_for_update(of=("self",), no_key=True)
    return list(found.order_by("pk"))


def number_counter(year: int) -> NumberCounter:
    """Lock and return a year's counter until the transaction ends."""
    NumberCounter.objects.get_or_create(year=year)
    return NumberCounter.objects.select_for_update().get(year=year)


def template(template_id: int) -> AgreementTemplate:
    """Lock and return one version of the wording."""
    found = AgreementTemplate.objects.select_for_update().filter(pk=template_id).first()
    if found is None:
        raise NotFoundError(template_id=template_id)
    return found
