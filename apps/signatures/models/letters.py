"""Authorisation letters: a company lets a partner use its name."""

from datetime import date
from typing import Any, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.common.ids import uuid7
from apps.common.uploads import EXTENSIONS
from apps.partners.models import Partner
from apps.reviews.models import Application
from apps.signatures.choices import LetterStatus
from apps.signatures.rules.texts import MAX_CHARACTERS
from apps.users.models import User


def letter_path(letter: "AuthorisationLetter", _name: str) -> str:
    """Return where a letter's scan is kept: a name of our own, never the uploader's."""
    return f"letters/{uuid7().hex}.{EXTENSIONS[letter.content_type]}"


class AuthorisationLetterQuerySet(models.QuerySet["AuthorisationLetter"]):
    """Letters by who may see them and by what is to be done."""

    def visible_to(self, user: User) -> Self:
        """Keep the letters of the partners that `user` works for; staff see all."""
        return self if user.is_staff else self.filter(partner__memberships__user=user)


@pghistory.track()
class AuthorisationLetter(Application):
    """A sealed letter by which a company lets a partner or its customer use its name.

    Written by the partner until it is submitted, then only by those who judge it. Reused for as
    many signatures as it covers.
    """

    Status = LetterStatus

    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        related_name="authorisation_letters",
        verbose_name=_("partner"),
    )
    grantor_name = models.CharField(_("company that authorises"), max_length=100)
    grantor_code = models.CharField(_("its unified social credit code"), max_length=18)
    grantee_name = models.CharField(_("authorised company"), max_length=100)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), help_text=_("On that day it holds no longer."))
    covers_all = models.BooleanField(_("covers every signature"), default=False)
    texts = ArrayField(
        models.CharField(max_length=MAX_CHARACTERS),
        default=list,
        blank=True,
        verbose_name=_("signatures it names"),
    )
    file = models.FileField(_("scan"), upload_to=letter_path, blank=True)
    content_type = models.CharField(_("content type"), max_length=20, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    stored_sha256 = models.CharField(_("SHA-256 of the kept bytes"), max_length=64, blank=True)
    page_count = models.PositiveSmallIntegerField(_("pages"), default=1)
    status = models.CharField(
        _("status"), max_length=9, choices=LetterStatus, default=LetterStatus.DRAFT
    )
    order_number = models.CharField(_("work order"), max_length=20, blank=True)

    objects = AuthorisationLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("authorisation letter")
        verbose_name_plural = _("authorisation letters")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")), name="signatures_letter_period"
            ),
            models.CheckConstraint(
                condition=Q(status__in=LetterStatus.values), name="signatures_letter_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status="DRAFT") | (Q(submitted_at__isnull=False) & ~Q(file="")),
                name="signatures_letter_submitted_has_file",
            ),
            models.CheckConstraint(
                condition=Q(status="SUBMITTED") ^ Q(due_at__isnull=True),
                name="signatures_letter_waiting_is_due",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["DRAFT", "SUBMITTED"]) | Q(judged_at__isnull=False),
                name="signatures_letter_judged_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(judged_by=F("entered_by")) & ~Q(judged_by=F("submitted_by")),
                name="signatures_letter_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(status="DRAFT") | Q(covers_all=True) | ~Q(texts=[]),
                name="signatures_letter_covers_something",
            ),
            models.UniqueConstraint(
                fields=["order_number"],
                condition=~Q(order_number=""),
                name="signatures_letter_one_order_number",
            ),
        ]
        indexes = [
            models.Index(
                fields=["valid_until"],
                condition=Q(status="APPROVED"),
                name="signatures_letter_ending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grantor_name} → {self.grantee_name}"

    def terms(self) -> dict[str, Any]:
        """Return what it says, as a round keeps it."""
        return {
            "grantor_name": self.grantor_name,
            "grantor_code": self.grantor_code,
            "grantee_name": self.grantee_name,
            "valid_from": self.valid_from.isoformat(),
            "valid_until": self.valid_until.isoformat(),
            "covers_all": self.covers_all,
            "texts": self.texts,
        }

    def covers(self, text: str) -> bool:
        """Tell whether the letter is about that signature."""
        return self.covers_all or text in self.texts

    def holds_on(self, day: date) -> bool:
        """Tell whether it was approved, begins by that day and has not ended."""
        is_within = self.valid_from <= day < self.valid_until
        return self.status == LetterStatus.APPROVED and is_within
