"""Submissions of pledges, each kept with what was handed in and what was decided."""

from typing import Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.common.uploads import EXTENSIONS
from apps.pledges.choices import RejectionReason, RoundStatus
from apps.pledges.models.pledges import Pledge, form_path, signed_copy_path
from apps.users.models import User


class PledgeRoundQuerySet(models.QuerySet["PledgeRound"]):
    """Submissions by who may see them and by what became of them."""

    def visible_to(self, user: User) -> Self:
        """Keep the rounds of the partners that `user` works for; staff see all."""
        if user.is_staff:
            return self
        return self.filter(pledge__customer__partner__memberships__user=user)

    def judged(self) -> Self:
        """Keep those that somebody approved or rejected, the newest decision first."""
        judged = self.filter(status__in=[RoundStatus.APPROVED, RoundStatus.REJECTED])
        return judged.order_by("-decided_at", "-pk")


class PledgeRound(models.Model):
    """One submission of a pledge, with copies of what was handed in.

    Written when it is submitted and once more when it is decided or withdrawn; the database lets
    nobody change it after that, or delete it.
    """

    Status = RoundStatus

    pledge = models.ForeignKey(
        Pledge, models.PROTECT, related_name="rounds", verbose_name=_("security pledge")
    )
    number = models.PositiveSmallIntegerField(_("round"))
    status = models.CharField(
        _("status"), max_length=9, choices=RoundStatus, default=RoundStatus.WAITING
    )
    submitted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("submitted by")
    )
    submitted_at = models.DateTimeField(_("submitted at"))
    due_at = models.DateTimeField(_("to be judged by"))
    particulars = models.JSONField(_("particulars as printed"), default=dict)
    form = models.FileField(_("printed form"), upload_to=form_path, blank=True)
    form_sha256 = models.CharField(_("SHA-256 of the form"), max_length=64, blank=True)
    signed_copy = models.FileField(_("signed copy"), upload_to=signed_copy_path)
    content_type = models.CharField(_("content type"), max_length=20)
    sha256 = models.CharField("SHA-256", max_length=64)
    decided_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    reasons = ArrayField(
        models.CharField(max_length=20, choices=RejectionReason),
        default=list,
        blank=True,
        verbose_name=_("reasons"),
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects = PledgeRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission of a pledge")
        verbose_name_plural = _("submissions of a pledge")
        constraints = [
            models.UniqueConstraint(fields=["pledge", "number"], name="pledges_round_one_number"),
            models.UniqueConstraint(
                fields=["pledge"],
                condition=Q(status="WAITING"),
                name="pledges_round_one_waiting_per_pledge",
            ),
            models.CheckConstraint(
                condition=Q(status__in=RoundStatus.values), name="pledges_round_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status="WAITING") ^ Q(decided_at__isnull=False),
                name="pledges_round_decided_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(content_type__in=list(EXTENSIONS)),
                name="pledges_round_content_type_known",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["APPROVED", "REJECTED"])
                | ~Q(decided_by=F("submitted_by")),
                name="pledges_round_four_eyes",
            ),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="pledges_round_same_file"),
            models.Index(
                fields=["-decided_at", "-id"],
                condition=Q(status__in=["APPROVED", "REJECTED"]),
                name="pledges_round_newest_decision",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="decided_stays",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__status="WAITING"),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.pledge} ({self.number})"
