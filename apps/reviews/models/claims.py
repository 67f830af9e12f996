"""Who is at what waits in a queue."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.users.models import User


class Claim(models.Model):
    """That one person is at something that waits in a queue, until the claim lapses.

    Written by `services.claims` alone; deleted once the subject was judged.
    """

    queue = models.CharField(max_length=32)
    subject_id = models.CharField(max_length=40)
    claimed_by = models.ForeignKey(
        User, models.CASCADE, related_name="claims", verbose_name=_("claimed by")
    )
    claimed_at = models.DateTimeField(_("claimed at"))
    lapses_at = models.DateTimeField(_("claimed until"))

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.UniqueConstraint(
                fields=["queue", "subject_id"], name="reviews_claim_one_per_subject"
            )
        ]

    def __str__(self) -> str:
        return f"{self.queue} {self.subject_id}"

    def holds_at(self, at: datetime) -> bool:
        """Tell whether the claim has not lapsed."""
        return self.lapses_at > at
