"""What the pages of staff say once something was judged."""

from django.utils.translation import gettext


def approved_sentence(title: str) -> str:
    """Say that it was approved."""
    return gettext("%(application)s is approved.") % {"application": title}


def rejected_sentence(title: str) -> str:
    """Say that it was rejected."""
    return gettext("%(application)s is rejected.") % {"application": title}


def revoked_sentence(title: str) -> str:
    """Say that it was revoked."""
    return gettext("%(application)s is revoked.") % {"application": title}
