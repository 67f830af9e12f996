"""Reads about people."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from apps.users.models import User


def lacks_second_factor(user: User) -> bool:
    """Tell whether this person must set up a second factor before working as staff."""
    return settings.STAFF_SECOND_FACTOR_REQUIRED and user.is_staff and not is_mfa_enabled(user)
