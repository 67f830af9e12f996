"""Who is told, and what somebody has not read."""

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.notices.catalogue import Audience
from apps.notices.models import Notice
from apps.users.models import User


def people_of(audience: Audience, *, partner_id: int | None) -> QuerySet[User]:
    """Return the active people of an audience: of that partner by role, and staff by role."""
    wanted = Q(is_staff=True, staff_role__in=audience.staff)
    if partner_id is not None:
        wanted |= Q(
            is_staff=False,
            membership__partner=partner_id,
            membership__role__in=audience.partner,
        )
    people: QuerySet[User] = User.objects.filter(wanted, is_active=True).order_by("pk")
    return people


def unread_count(user_id: int | None) -> int:
    """Count what a person has not read, nothing for nobody; reads a partial index."""
    return Notice.objects.filter(user=user_id).unread().count() if user_id else 0


def unread_count_of(user_reference: OuterRef) -> Coalesce:
    """Return the same count as a part of another query, so that a page's header costs none."""
    unread = Notice.objects.filter(user=user_reference).unread()
    counted = unread.order_by().values("user").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)
