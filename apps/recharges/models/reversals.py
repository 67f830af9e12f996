"""Recharges taken back, and what of them was spent before."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.audit.separations import Hands
from apps.recharges.choices import ReversalCause, ReversalStatus
from apps.recharges.models.recharges import Recharge
from apps.users.models import User


class ReversalQuerySet(models.QuerySet["Reversal"]):
    """Reversals by who may see them and by what is to be done."""

    def visible_to(self, user: User) -> Self:
        """Keep the reversals of the partners that `user` works for; staff see all."""
        if user.is_staff:
            return self
        return self.filter(recharge__account__partner__memberships__user=user)

    def waiting(self) -> Self:
        """Keep those that wait for a second person, the oldest first."""
        return self.filter(status=ReversalStatus.PENDING).order_by("requested_at", "pk")

    def owed(self) -> Self:
        """Keep those with segments that are still to come back, the oldest first."""
        paid_back = F("recovered_segments") + F("written_off_segments")
        return self.filter(owed_segments__gt=paid_back).order_by("decided_at", "pk")


@pghistory.track()
class Reversal(models.Model):
    """A recharge that is taken back: the money was another's, or the bank recalled it.

    Asked for by one person of finance, decided by another. What is available is frozen at once
    (`held_segments`); with the approval that, and what became available since, leaves the account
    (`taken_segments`). What was spent stays spent, and is owed: later recharges of the account
    bring it back segment for segment, or it is written off.
    """

    Cause = ReversalCause
    Status = ReversalStatus

    recharge = models.ForeignKey(
        Recharge, models.PROTECT, related_name="reversals", verbose_name=_("recharge")
    )
    cause = models.CharField(_("cause"), max_length=14, choices=ReversalCause)
    reason = models.CharField(
        _("reason"), max_length=200, help_text=_("The partner reads it, too.")
    )
    status = models.CharField(
        _("status"), max_length=8, choices=ReversalStatus, default=ReversalStatus.PENDING
    )
    segments = models.BigIntegerField(_("segments of the recharge"))
    held_segments = models.BigIntegerField(_("frozen"), default=0)
    taken_segments = models.BigIntegerField(_("taken back"), default=0)
    owed_segments = models.BigIntegerField(_("spent before, owed"), default=0)
    recovered_segments = models.BigIntegerField(_("came back since"), default=0)
    written_off_segments = models.BigIntegerField(_("written off"), default=0)
    write_off_reason = models.CharField(_("why written off"), max_length=200, blank=True)
    requested_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("asked for by")
    )
    requested_at = models.DateTimeField(_("asked for at"))
    decided_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decision_reason = models.CharField(_("why declined"), max_length=200, blank=True)

    objects = ReversalQuerySet.as_manager()

    class Meta:
        verbose_name = _("reversal")
        verbose_name_plural = _("reversals")
        constraints = [
            models.UniqueConstraint(
                fields=["recharge"],
                condition=~Q(status="DECLINED"),
                name="recharges_reversal_one_per_recharge",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ReversalStatus.values),
                name="recharges_reversal_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status="PENDING", decided_at__isnull=True)
                | ~Q(status="PENDING") & Q(decided_at__isnull=False),
                name="recharges_reversal_decided_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & (~Q(status="DECLINED") | ~Q(decision_reason="")),
                name="recharges_reversal_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(status="APPROVED", segments=F("taken_segments") + F("owed_segments"))
                | ~Q(status="APPROVED") & Q(taken_segments=0, owed_segments=0),
                name="recharges_reversal_nothing_lost",
            ),
            models.CheckConstraint(
                condition=Q(
                    segments__gt=0,
                    held_segments__gte=0,
                    taken_segments__gte=0,
                    owed_segments__gte=F("recovered_segments") + F("written_off_segments"),
                    recovered_segments__gte=0,
                    written_off_segments__gte=0,
                ),
                name="recharges_reversal_owed_once",
            ),
            models.CheckConstraint(
                condition=Q(written_off_segments=0) | ~Q(write_off_reason=""),
                name="recharges_reversal_written_off_with_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["requested_at", "id"],
                condition=Q(status="PENDING"),
                name="recharges_reversal_waiting",
            ),
            models.Index(
                fields=["decided_at", "id"],
                condition=Q(owed_segments__gt=F("recovered_segments") + F("written_off_segments")),
                name="recharges_reversal_owed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recharge} ↩"

    def hands(self) -> Hands:
        """Return who asked for it, for the table of separations."""
        return {"reversals.request": [self.requested_by_id]}

    @property
    def outstanding_segments(self) -> int:
        """What is still owed."""
        return self.owed_segments - self.recovered_segments - self.written_off_segments
