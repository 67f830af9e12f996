"""The last work-order number of each day."""

from django.db import models


class OrderCounter(models.Model):
    """The last work-order number given out for a kind of application on a day.

    Raised in the transaction that uses the number, so that a number is never missing.
    """

    prefix = models.CharField(max_length=2)
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "order counter"
        verbose_name_plural = "order counters"
        constraints = [
            models.UniqueConstraint(fields=["prefix", "day"], name="reviews_ordercounter_once")
        ]

    def __str__(self) -> str:
        return f"{self.prefix}{self.day:%Y%m%d}-{self.last:04}"
