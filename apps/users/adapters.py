"""How allauth behaves here: nobody signs up alone, each lands on their own home, secrets are sealed."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse

from apps.common.addresses import client_address
from apps.users.models import User
from apps.users.services import factors


def home_of(user: User | AnonymousUser) -> str:
    """Return the address at which a person starts: staff in the admin, partners in the portal."""
    return reverse("admin:index") if user.is_staff else reverse("portal:home")


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in only: people are entered by staff or by their partner's owner."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's hook
        """Refuse: there is no way to sign up."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the client's address, as everything here sees it."""
        return client_address(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where somebody goes who asked for nothing in particular."""
        return home_of(request.user)


class FactorAdapter(DefaultMFAAdapter):
    """Second factors whose secrets are sealed in the database."""

    def encrypt(self, text: str) -> str:
        """Return a secret as it is stored."""
        return factors.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a stored secret as it is used."""
        return factors.unseal(encrypted_text)
