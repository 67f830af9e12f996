"""What pages show of API keys."""

from django.db.models import QuerySet

from apps.partners.models import Account, ApiKey
from apps.users.models import User


def api_keys(user: User) -> QuerySet[ApiKey]:
    """Return the keys of the person's accounts: usable ones first, newest first."""
    keys = ApiKey.objects.filter(account__in=Account.objects.visible_to(user))
    return keys.select_related("account").order_by("revoked", "-created", "pk")
