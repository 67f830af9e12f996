"""What became of a submission, whatever was submitted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.common import tones


class RoundStatus(models.TextChoices):
    """What became of one submission."""

    WAITING = "WAITING", _("Waiting to be judged")
    APPROVED = "APPROVED", _("Approved")
    REJECTED = "REJECTED", _("Rejected")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


JUDGED = (RoundStatus.APPROVED, RoundStatus.REJECTED)

tones.declare(good=[RoundStatus.APPROVED], bad=[RoundStatus.REJECTED])
