"""Which ends were announced."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EndWarning(models.Model):
    """That an end was announced so many days ahead: the reason it is not announced again.

    Written by the hourly task with the event, never changed.
    """

    queue = models.CharField(max_length=32)
    subject_id = models.CharField(max_length=40)
    what = models.CharField(max_length=40, help_text="What ends, such as `proof:` and its id.")
    ends_on = models.DateField(_("valid until"))
    threshold_days = models.PositiveSmallIntegerField()
    warned_at = models.DateTimeField()

    class Meta:
        verbose_name = _("warning of expiry")
        verbose_name_plural = _("warnings of expiry")
        constraints = [
            models.UniqueConstraint(
                fields=["queue", "subject_id", "what", "ends_on", "threshold_days"],
                name="reviews_endwarning_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.queue} {self.subject_id} {self.what} {self.ends_on} −{self.threshold_days}"
