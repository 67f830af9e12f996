"""Security pledges (信息安全保障责任书) of partners' customers (agreement clause 6(9))."""

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.common.ids import uuid7
from apps.common.uploads import EXTENSIONS
from apps.partners.models import Customer
from apps.pledges.choices import PledgeStatus
from apps.users.models import User


class PledgeQuerySet(models.QuerySet["Pledge"]):
    """Pledges by who may see them, by validity and by what is to be done."""

    def visible_to(self, user: User) -> Self:
        """Keep the pledges of the partners that `user` works for; staff see all."""
        return self if user.is_staff else self.filter(customer__partner__memberships__user=user)

    def in_force_on(self, day: date) -> Self:
        """Keep the approved pledges that hold on a day of Asia/Shanghai."""
        return self.filter(status=PledgeStatus.APPROVED, valid_from__lte=day, valid_until__gt=day)

    def waiting(self) -> Self:
        """Keep those that wait to be judged, the oldest first."""
        return self.filter(status=PledgeStatus.SUBMITTED).order_by("submitted_at", "pk")


def signed_copy_path(pledge: "Pledge", _name: str) -> str:
    """Return where a signed copy is kept: a name of our own, never the uploader's."""
    return f"pledges/{uuid7().hex}.{EXTENSIONS[pledge.content_type]}"


@pghistory.track()
class Pledge(models.Model):
    """What one customer signed, from a day on and until the day before another.

    Written by the partner until it is submitted, then only by those who judge it.
    """

    Status = PledgeStatus

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="pledges", verbose_name=_("customer")
    )
    status = models.CharField(
        _("status"), max_length=9, choices=PledgeStatus, default=PledgeStatus.DRAFT
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(
        _("valid until"), help_text=_("The first day on which it no longer holds.")
    )
    signed_copy = models.FileField(_("signed copy"), upload_to=signed_copy_path, blank=True)
    content_type = models.CharField(_("content type"), max_length=20, blank=True)
    sha256 = models.CharField(
        "SHA-256", max_length=64, blank=True, help_text=_("Of the bytes as they were uploaded.")
    )
    filed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("filed by")
    )
    filed_at = models.DateTimeField(_("filed at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    judged_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("judged by")
    )
    judged_at = models.DateTimeField(_("judged at"), null=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("security pledge")
        verbose_name_plural = _("security pledges")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=PledgeStatus.values), name="pledges_pledge_status_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")), name="pledges_pledge_period_order"
            ),
            models.CheckConstraint(
                condition=Q(status="DRAFT") | ~Q(signed_copy="") & Q(submitted_at__isnull=False),
                name="pledges_pledge_submitted_has_copy",
            ),
            models.CheckConstraint(
                condition=Q(signed_copy="", content_type="", sha256="")
                | ~Q(signed_copy="") & Q(content_type__in=list(EXTENSIONS)),
                name="pledges_pledge_content_type_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["DRAFT", "SUBMITTED"]) | Q(judged_at__isnull=False),
                name="pledges_pledge_judged_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(judged_by=F("filed_by")), name="pledges_pledge_four_eyes"
            ),
        ]
        indexes = [
            models.Index(
                fields=["submitted_at", "id"],
                condition=Q(status="SUBMITTED"),
                name="pledges_pledge_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.customer} {self.valid_from} – {self.valid_until}"
