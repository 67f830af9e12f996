"""The rules of crediting that administrators may set."""

from datetime import time
from decimal import Decimal

import pghistory
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.common.money import CENT

ONLY_ROW = 1
ONE_PERSON_MAX_YUAN = Decimal(50_000)
CUT_OFF = time(17)


@pghistory.track()
class RechargePolicy(models.Model):
    """The one row of rules for turning money into credit; proposed by administrators.

    A change holds for what is found and matched from then on. A migration writes the row; without
    it the defaults hold.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY_ROW, editable=False)
    one_person_max_yuan = models.DecimalField(
        _("one person is enough up to, yuan"),
        max_digits=12,
        decimal_places=2,
        default=ONE_PERSON_MAX_YUAN,
        validators=[MinValueValidator(CENT)],
        help_text=_("Of a person on a day. Above it, a second person of finance approves."),
    )
    cut_off = models.TimeField(
        _("cut-off of the same day"),
        default=CUT_OFF,
        help_text=_("Money found before it on a working day is to be credited that day."),
    )

    class Meta:
        verbose_name = _("rules of recharging")
        verbose_name_plural = _("rules of recharging")
        constraints = [
            models.CheckConstraint(condition=Q(id=ONLY_ROW), name="recharges_policy_only_one"),
            models.CheckConstraint(
                condition=Q(one_person_max_yuan__gt=0), name="recharges_policy_limit_above_zero"
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
