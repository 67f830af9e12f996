"""Network classes and the states of a rate version."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.common import tones


class NetworkClass(models.TextChoices):
    """Networks that count characters alike (agreement clause 9)."""

    MOBILE = "mobile", _("Mobile networks")
    PHS = "phs", _("PHS")


class RateStatus(models.TextChoices):
    """A draft may be changed; what is published may not."""

    DRAFT = "DRAFT", _("Draft")
    PUBLISHED = "PUBLISHED", _("Published")


tones.declare(
    good=[
        RateStatus.PUBLISHED,
    ],
)
