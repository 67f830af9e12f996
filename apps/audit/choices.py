"""Kinds of security events."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SecurityEventKind(TextChoices):
    """What happened at one of the ways in."""

    SIGNED_IN = "SIGNED_IN", _("Signed in")
    LOGIN_FAILED = "LOGIN_FAILED", _("Sign-in failed")
    FACTOR_FAILED = "FACTOR_FAILED", _("Second factor wrong")
    CHECK_FAILED = "CHECK_FAILED", _("Wrong password while signed in")
    LIMITED = "LIMITED", _("Too many attempts")
    PASSWORD_CHANGED = "PASSWORD_CHANGED", _("Password changed")
    PASSWORD_RESET = "PASSWORD_RESET", _("Password set by mail")
    RESET_ASKED = "RESET_ASKED", _("New password asked for by mail")
    FACTOR_ADDED = "FACTOR_ADDED", _("Second factor added")
    FACTOR_REMOVED = "FACTOR_REMOVED", _("Second factor removed")
    CODES_RENEWED = "CODES_RENEWED", _("Recovery codes renewed")
    KEY_REFUSED = "KEY_REFUSED", _("API key refused")
    PAGE_REFUSED = "PAGE_REFUSED", _("Page refused")
