"""Pledges themselves."""

from datetime import date
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.common.ids import uuid7
from apps.common.uploads import EXTENSIONS
from apps.partners.models import Customer
from apps.pledges.choices import OPEN, PledgeStatus
from apps.pledges.models.templates import PledgeTemplate
from apps.pledges.rules import MAX_SAMPLE_CHARACTERS
from apps.reviews.models import Application
from apps.users.models import User


class PledgeQuerySet(models.QuerySet["Pledge"]):
    """Pledges by who may see them, by validity and by what is to be done."""

    def visible_to(self, user: User) -> Self:
        """Keep the pledges of the partners that `user` works for; staff see all."""
        return self if user.is_staff else self.filter(customer__partner__memberships__user=user)

    def in_force_on(self, day: date) -> Self:
        """Keep the approved pledges that hold on a day of Asia/Shanghai."""
        return self.filter(status=PledgeStatus.APPROVED, valid_from__lte=day, valid_until__gt=day)

    def over_on(self, day: date) -> Self:
        """Keep the approved pledges whose validity has ended by a day of Asia/Shanghai."""
        return self.filter(status=PledgeStatus.APPROVED, valid_until__lte=day)

    def open(self) -> Self:
        """Keep those on which nothing is decided yet, and those to be mended."""
        return self.filter(status__in=OPEN)


def signed_copy_path(pledge: "Pledge", _name: str) -> str:
    """Return where a signed copy is kept: a name of our own, never the uploader's."""
    return f"pledges/{uuid7().hex}.{EXTENSIONS[pledge.content_type]}"


def form_path(_pledge: "Pledge", _name: str) -> str:
    """Return where a printed form is kept."""
    return f"pledges/forms/{uuid7().hex}.pdf"


@pghistory.track()
class Pledge(Application):
    """What one customer signed, from a day on and until the day before another.

    Written by the partner until it is submitted, then only by those who judge it. `particulars` are
    those of the customer as they stood when the form was printed (`printing.Printed`); what became
    of each submission stands in its rounds.
    """

    Status = PledgeStatus

    number = models.CharField(_("pledge number"), max_length=20, unique=True, editable=False)
    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="pledges", verbose_name=_("customer")
    )
    template = models.ForeignKey(
        PledgeTemplate,
        models.PROTECT,
        related_name="pledges",
        null=True,
        verbose_name=_("wording"),
        help_text=_("Empty for a pledge that was filed before forms were printed here."),
    )
    renews = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="renewals",
        null=True,
        verbose_name=_("renews"),
    )
    status = models.CharField(
        _("status"), max_length=9, choices=PledgeStatus, default=PledgeStatus.DRAFT
    )
    audience = models.CharField(_("audience of the messages"), max_length=200, blank=True)
    consent = models.CharField(_("how consent is had"), max_length=200, blank=True)
    samples = ArrayField(
        models.CharField(max_length=MAX_SAMPLE_CHARACTERS),
        default=list,
        blank=True,
        verbose_name=_("sample messages"),
    )
    particulars = models.JSONField(_("particulars as printed"), default=dict, blank=True)
    form = models.FileField(_("printed form"), upload_to=form_path, blank=True)
    form_sha256 = models.CharField(_("SHA-256 of the form"), max_length=64, blank=True)
    printed_at = models.DateTimeField(_("printed at"), null=True)
    signed_copy = models.FileField(_("signed copy"), upload_to=signed_copy_path, blank=True)
    content_type = models.CharField(_("content type"), max_length=20, blank=True)
    sha256 = models.CharField(
        "SHA-256", max_length=64, blank=True, help_text=_("Of the bytes as they were uploaded.")
    )
    valid_from = models.DateField(_("valid from"), null=True)
    valid_until = models.DateField(
        _("valid until"), null=True, help_text=_("The first day on which it no longer holds.")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)

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
                condition=~Q(status__in=["APPROVED", "REVOKED", "EXPIRED"])
                | Q(valid_from__isnull=False, valid_until__isnull=False),
                name="pledges_pledge_held_has_period",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["DRAFT", "REJECTED", "ABANDONED"])
                | ~Q(signed_copy="") & Q(submitted_at__isnull=False),
                name="pledges_pledge_submitted_has_copy",
            ),
            models.CheckConstraint(
                condition=Q(status="SUBMITTED") ^ Q(due_at__isnull=True),
                name="pledges_pledge_waiting_is_due",
            ),
            models.CheckConstraint(
                condition=Q(signed_copy="", content_type="", sha256="")
                | ~Q(signed_copy="") & Q(content_type__in=list(EXTENSIONS)),
                name="pledges_pledge_content_type_known",
            ),
            models.CheckConstraint(
                condition=Q(form="", form_sha256="", printed_at__isnull=True)
                | ~Q(form="") & ~Q(form_sha256="") & Q(printed_at__isnull=False),
                name="pledges_pledge_form_has_digest",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["DRAFT", "SUBMITTED", "ABANDONED"])
                | Q(judged_at__isnull=False),
                name="pledges_pledge_judged_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(judged_by=F("entered_by")) & ~Q(judged_by=F("submitted_by")),
                name="pledges_pledge_four_eyes",
            ),
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(status__in=["DRAFT", "SUBMITTED", "REJECTED"]),
                name="pledges_pledge_one_open_per_customer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["valid_until"],
                condition=Q(status="APPROVED"),
                name="pledges_pledge_ending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.customer}"
