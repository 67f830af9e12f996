"""Buckets of an account's credit and the kinds of movement between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Bucket(models.TextChoices):
    """Where a segment is. ISSUED is the sum of the other three, not a place."""

    OUTSIDE = "OUTSIDE", _("Outside")
    AVAILABLE = "AVAILABLE", _("Available")
    HELD = "HELD", _("Held")
    SPENT = "SPENT", _("Spent")


class EntryKind(models.TextChoices):
    """Why segments moved (DESIGN section 5)."""

    RECHARGE = "RECHARGE", _("Recharge")
    TRANSFER = "TRANSFER", _("Transfer")
    HOLD = "HOLD", _("Hold")
    CAPTURE = "CAPTURE", _("Charge")
    RELEASE = "RELEASE", _("Release")
    REFUND = "REFUND", _("Refund")
    REPRICE = "REPRICE", _("Re-pricing")
    ADJUSTMENT = "ADJUSTMENT", _("Adjustment")
    REVERSAL = "REVERSAL", _("Reversal")


class About(models.TextChoices):
    """What kind of thing an entry is about; its id stands beside it."""

    BATCH = "BATCH", _("Batch")
    RECHARGE = "RECHARGE", _("Recharge")
    REVERSAL = "REVERSAL", _("Reversal")
    TRANSFER = "TRANSFER", _("Transfer")
    CORRECTION = "CORRECTION", _("Correction")
