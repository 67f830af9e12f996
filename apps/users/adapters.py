"""How allauth behaves here: nobody signs up alone, and each lands on their own home."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse

from apps.users.models import User


def home_of(user: User | AnonymousUser) -> str:
    """Return the address at which a person starts: staff in the admin, partners in the portal."""
    return reverse("admin:index") if user.is_staff else reverse("portal:home")


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in only: people are entered by staff or by their partner's owner."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's hook
        """Refuse: there is no way to sign up."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where somebody goes who asked for nothing in particular."""
        return home_of(request.user)
