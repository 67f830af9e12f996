"""What the coverage report says of an account and its signature."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.common.tones import Tone


class Gap(models.IntegerChoices):
    """Why an account cannot send with a signature, or soon cannot; the order is the report's."""

    NO_PLEDGE = 1, _("No pledge")
    EXPIRED = 2, _("Pledge expired")
    REVOKED = 3, _("Pledge revoked")
    REJECTED = 4, _("Pledge rejected")
    WAITING = 5, _("Pledge waits to be judged")
    NOT_YET = 6, _("Pledge begins later")
    EXPIRING = 7, _("Pledge ends within 30 days")
    NO_SIGNATURE = 8, _("No approved signature")
    NONE = 9, _("Covered")


# How each reads on a page: the tone of `status` in the components.
TONE: dict[Gap, Tone] = {
    Gap.NO_PLEDGE: Tone.BAD,
    Gap.EXPIRED: Tone.BAD,
    Gap.REVOKED: Tone.BAD,
    Gap.REJECTED: Tone.BAD,
    Gap.WAITING: Tone.MOVING,
    Gap.NOT_YET: Tone.WAITING,
    Gap.EXPIRING: Tone.WAITING,
    Gap.NO_SIGNATURE: Tone.WAITING,
    Gap.NONE: Tone.GOOD,
}
