"""Reads about people."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db.models import QuerySet

from apps.users.models import User
from apps.users.permissions import DECISION, OF_ROLE, clashes


def lacks_second_factor(user: User) -> bool:
    """Tell whether this person must set up a second factor before working as staff."""
    return settings.STAFF_SECOND_FACTOR_REQUIRED and user.is_staff and not is_mfa_enabled(user)


def deciders() -> QuerySet[User]:
    """Return the active people who may approve what takes two."""
    roles = [role for role, permissions in OF_ROLE.items() if permissions >= DECISION]
    found: QuerySet[User] = User.objects.filter(
        is_active=True, is_staff=True, staff_role__in=roles
    ).order_by("pk")
    return found


def clashes_of(person: User, role: str) -> list[User]:
    """Return log-ins of staff that seem to be the same natural person in a role that clashes.

    Told by the mail address or the name; two people of one name are two, so a person decides.
    """
    others = User.objects.filter(is_staff=True, is_active=True).exclude(pk=person.pk)
    return [
        each
        for each in others.order_by("username")
        if clashes(each.staff_role, role) and _seem_one(each, person)
    ]


def all_clashing() -> list[User]:
    """Return every log-in of staff whose natural person seems to have a clashing one, by name."""
    staff = list(User.objects.filter(is_staff=True, is_active=True).order_by("username"))
    return [
        one
        for one in staff
        if any(
            clashes(one.staff_role, other.staff_role) and _seem_one(one, other) for other in staff
        )
    ]


def _seem_one(one: User, other: User) -> bool:
    is_one_address = bool(one.email) and one.email.casefold() == other.email.casefold()
    name = one.get_full_name()
    return is_one_address or (bool(name) and name == other.get_full_name())
