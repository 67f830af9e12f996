"""States of what the common tables keep."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.common import tones


class DeliveryStatus(models.TextChoices):
    """How far one consumer is with one event of the outbox."""

    WAITING = "WAITING", _("Waiting")
    DONE = "DONE", _("Handled")
    FAILED = "FAILED", _("Given up")


tones.declare(
    bad=[
        DeliveryStatus.FAILED,
    ],
)
