"""Submissions of pledges, each kept with what was handed in and what was decided."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.common.uploads import EXTENSIONS
from apps.pledges.models.pledges import Pledge, form_path, signed_copy_path
from apps.reviews import models as reviews
from apps.reviews.models import kept_for_good, one_waiting
from apps.users.models import User


class PledgeRoundQuerySet(reviews.RoundQuerySet):
    """Submissions by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the rounds of the partners that `user` works for; staff see all."""
        if user.is_staff:
            return self
        return self.filter(pledge__customer__partner__memberships__user=user)


@pghistory.track()
class PledgeRound(reviews.Round):
    """One submission of a pledge, with copies of what was handed in.

    The database lets nobody change it once it is closed, or delete it.
    """

    pledge = models.ForeignKey(
        Pledge, models.PROTECT, related_name="rounds", verbose_name=_("security pledge")
    )
    particulars = models.JSONField(_("particulars as printed"), default=dict)
    form = models.FileField(_("printed form"), upload_to=form_path, blank=True)
    form_sha256 = models.CharField(_("SHA-256 of the form"), max_length=64, blank=True)
    signed_copy = models.FileField(_("signed copy"), upload_to=signed_copy_path)
    content_type = models.CharField(_("content type"), max_length=20)
    sha256 = models.CharField("SHA-256", max_length=64)

    objects = PledgeRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission of a pledge")
        verbose_name_plural = _("submissions of a pledge")
        constraints = [
            *reviews.Round.Meta.constraints,
            one_waiting("pledge"),
            models.CheckConstraint(
                condition=Q(content_type__in=list(EXTENSIONS)),
                name="pledges_round_content_type_known",
            ),
        ]
        indexes = [
            *reviews.Round.Meta.indexes,
            models.Index(fields=["sha256"], name="pledges_round_same_file"),
            models.Index(
                fields=["-judged_at", "-id"],
                condition=Q(status__in=["APPROVED", "REJECTED"]),
                name="pledges_round_newest_decision",
            ),
        ]
        triggers = kept_for_good()
