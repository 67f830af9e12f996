"""Kinds and states of batches and messages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.common import tones


class Kind(models.TextChoices):
    """What a message is for; decides priority and the rules of marketing."""

    OTP = "otp", _("Verification code")
    NOTICE = "notice", _("Notice")
    MARKETING = "marketing", _("Marketing")


class BatchStatus(models.TextChoices):
    """Where an accepted request stands."""

    QUEUED = "QUEUED", _("Queued")
    SCHEDULED = "SCHEDULED", _("Scheduled")
    HELD = "HELD", _("Held for review")
    CANCELLED = "CANCELLED", _("Cancelled")


class MessageStatus(models.TextChoices):
    """Where one message stands (DESIGN section 6)."""

    HELD = "HELD", _("Held for review")
    QUEUED = "QUEUED", _("Queued")
    SUBMITTED = "SUBMITTED", _("Submitted")
    DELIVERED = "DELIVERED", _("Delivered")
    UNDELIVERED = "UNDELIVERED", _("Undelivered")
    UNKNOWN = "UNKNOWN", _("Unknown")
    REJECTED = "REJECTED", _("Rejected by the carrier")
    REFUSED = "REFUSED", _("Refused in review")
    CANCELLED = "CANCELLED", _("Cancelled")
    EXPIRED = "EXPIRED", _("Expired")


# A later word of the carrier may correct an earlier one: UNKNOWN becomes known, and an undelivered
# receipt that is followed by a delivered one was premature. Nothing leaves DELIVERED.
NEXT_MESSAGE_STATUS: dict[MessageStatus, frozenset[MessageStatus]] = {
    MessageStatus.HELD: frozenset(
        {MessageStatus.QUEUED, MessageStatus.REFUSED, MessageStatus.CANCELLED}
    ),
    MessageStatus.QUEUED: frozenset(
        {
            MessageStatus.SUBMITTED,
            MessageStatus.REJECTED,
            MessageStatus.CANCELLED,
            MessageStatus.EXPIRED,
            MessageStatus.UNKNOWN,  # Its worker crashed, and the carrier never told its fate.
        }
    ),
    MessageStatus.SUBMITTED: frozenset(
        {MessageStatus.DELIVERED, MessageStatus.UNDELIVERED, MessageStatus.UNKNOWN}
    ),
    MessageStatus.UNKNOWN: frozenset({MessageStatus.DELIVERED, MessageStatus.UNDELIVERED}),
    MessageStatus.UNDELIVERED: frozenset({MessageStatus.DELIVERED}),
    MessageStatus.DELIVERED: frozenset(),
    MessageStatus.REJECTED: frozenset(),
    MessageStatus.REFUSED: frozenset(),
    MessageStatus.CANCELLED: frozenset(),
    MessageStatus.EXPIRED: frozenset(),
}

PRIORITY = {Kind.OTP: 0, Kind.NOTICE: 1, Kind.MARKETING: 2}

tones.declare(
    good=[
        MessageStatus.DELIVERED,
    ],
    moving=[
        BatchStatus.QUEUED,
        BatchStatus.SCHEDULED,
        MessageStatus.QUEUED,
        MessageStatus.SUBMITTED,
    ],
    waiting=[
        BatchStatus.HELD,
        MessageStatus.HELD,
        MessageStatus.UNKNOWN,
    ],
    bad=[
        MessageStatus.UNDELIVERED,
        MessageStatus.REJECTED,
        MessageStatus.REFUSED,
        MessageStatus.EXPIRED,
    ],
)
