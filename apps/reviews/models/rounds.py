"""Rounds: what was handed in, when and by whom, and how it was decided."""

from typing import Any, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.reviews.choices import JUDGED, RoundStatus
from apps.users.models import User


class RoundQuerySet(models.QuerySet[Any]):
    """Rounds by what is to be done."""

    def waiting(self) -> Self:
        """Keep those that wait to be judged, the first due first."""
        return self.filter(status=RoundStatus.WAITING).order_by("due_at", "pk")

    def judged(self) -> Self:
        """Keep those that somebody approved or rejected, the newest decision first."""
        return self.filter(status__in=JUDGED).order_by("-judged_at", "-pk")


class Round(models.Model):
    """One submission of a work order, as it was when it was handed in, and its decision.

    Written by `reviews.services` when the applicant hands in; afterwards only urged, and once
    withdrawn or judged. A work order has one round for each time it was handed in; a renewal is a
    work order of its own. A kind adds the foreign key to its application and copies of what was
    handed in.
    """

    Status = RoundStatus

    order_number = models.CharField(_("work order"), max_length=20)
    number = models.PositiveSmallIntegerField(_("round"))
    is_renewal = models.BooleanField(_("renewal"), default=False)
    status = models.CharField(
        _("status"), max_length=9, choices=RoundStatus, default=RoundStatus.WAITING
    )
    submitted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("submitted by")
    )
    submitted_at = models.DateTimeField(_("submitted at"))
    due_at = models.DateTimeField(_("due at"))
    urge_count = models.PositiveSmallIntegerField(_("urged"), default=0)
    urged_at = models.DateTimeField(_("last urged at"), null=True)
    judged_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("judged by")
    )
    judged_at = models.DateTimeField(_("judged at"), null=True)
    reasons = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, verbose_name=_("reasons")
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects: models.Manager[Any]

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["order_number", "number"], name="%(app_label)s_%(class)s_number_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=RoundStatus.values),
                name="%(app_label)s_%(class)s_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status="WAITING") ^ Q(judged_at__isnull=False),
                name="%(app_label)s_%(class)s_closed_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="REJECTED") | ~Q(reasons=[]) | ~Q(remark=""),
                name="%(app_label)s_%(class)s_rejected_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(judged_by=F("submitted_by")) | Q(status="WITHDRAWN"),
                name="%(app_label)s_%(class)s_four_eyes",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(status="WAITING"),
                name="%(app_label)s_%(class)s_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_number}-{self.number}"


def one_waiting(subject: str) -> models.UniqueConstraint:
    """Return the constraint that an application waits with one round at a time."""
    return models.UniqueConstraint(
        fields=[subject],
        condition=Q(status="WAITING"),
        name="%(app_label)s_%(class)s_one_open",
    )


def kept_for_good() -> list[pgtrigger.Trigger]:
    """Return the triggers by which nobody changes a closed round, and nobody deletes one."""
    return [
        pgtrigger.Protect(
            name="decided_stays",
            operation=pgtrigger.Update,
            condition=~pgtrigger.Q(old__status="WAITING"),
        ),
        pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
    ]
