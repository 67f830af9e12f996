"""Which ends of papers were announced."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.signatures.models.signatures import Signature


class ExpiryWarning(models.Model):
    """That the end of a paper was announced so many days ahead: the reason it is not told again.

    Written by the daily task with the event, never changed.
    """

    signature = models.ForeignKey(Signature, models.CASCADE, related_name="warnings")
    paper = models.CharField(max_length=30, help_text="`proof:` or `letter:` and its id.")
    valid_until = models.DateField(_("valid until"))
    threshold_days = models.PositiveSmallIntegerField()
    warned_at = models.DateTimeField()

    class Meta:
        verbose_name = _("warning of expiry")
        verbose_name_plural = _("warnings of expiry")
        constraints = [
            models.UniqueConstraint(
                fields=["signature", "paper", "valid_until", "threshold_days"],
                name="signatures_expirywarning_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.valid_until} −{self.threshold_days}"
