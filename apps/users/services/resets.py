"""Forgotten passwords: a link by mail to whoever signs in with that address, and to nobody else."""

from allauth.account.forms import default_token_generator
from allauth.account.internal.flows import password_reset
from allauth.account.utils import filter_users_by_email
from django.conf import settings
from django.utils import translation


def mail_links(*, email: str) -> None:
    """Send a link that sets a new password to every person who is let in with this address.

    Raises:
        OSError: the mail server was not reached or refused it (`smtplib` errors are OSErrors).
    """
    for user in filter_users_by_email(email, is_active=True, prefer_verified=True):
        with translation.override(user.language or settings.LANGUAGE_CODE):
            password_reset.request_password_reset(None, email, [user], default_token_generator)
