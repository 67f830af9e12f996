"""How allauth behaves here: nobody signs up alone, each lands on their own home, secrets are sealed.

Its mails lead to `PORTAL_URL`: what a request says of its host is the word of whoever sent it.
"""

from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailConfirmationMixin
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from apps.common.addresses import client_address
from apps.users.models import User
from apps.users.services import factors


def home_of(user: User | AnonymousUser) -> str:
    """Return the address at which a person starts: staff in the admin, partners in the portal."""
    return reverse("admin:index") if user.is_staff else reverse("portal:home")


@dataclass(frozen=True, slots=True)
class Site:
    """What allauth's mails say of the portal."""

    name: str
    domain: str


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

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return where a mail's link leads that sets a new password."""
        person, _, token = key.partition("-")
        path = reverse("account_reset_password_from_key", args=[person, token])
        return f"{settings.PORTAL_URL}{path}"

    def get_email_confirmation_url(
        self,
        request: HttpRequest,  # noqa: ARG002
        emailconfirmation: EmailConfirmationMixin,
    ) -> str:
        """Return where a mail's link leads that confirms an address."""
        path = reverse("account_confirm_email", args=[emailconfirmation.key])
        return f"{settings.PORTAL_URL}{path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail, with or without a request."""
        site = Site(name=gettext("SMS gateway"), domain=settings.PORTAL_URL)
        words = {"email": email, **context, "current_site": site}
        self.render_mail(template_prefix, email, words).send()


class FactorAdapter(DefaultMFAAdapter):
    """Second factors whose secrets are sealed in the database."""

    def encrypt(self, text: str) -> str:
        """Return a secret as it is stored."""
        return factors.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a stored secret as it is used."""
        return factors.unseal(encrypted_text)
