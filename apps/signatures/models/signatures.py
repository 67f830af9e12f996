"""Signatures of an account."""

from datetime import date
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.partners.models import Account
from apps.reviews.models import Application
from apps.signatures.choices import OVER, SignatureStatus, Source, Use
from apps.signatures.models.letters import AuthorisationLetter
from apps.signatures.rules.texts import ALLOWED, MAX_CHARACTERS, MIN_CHARACTERS
from apps.users.models import User


class SignatureQuerySet(models.QuerySet["Signature"]):
    """Signatures by who may see them and by what is to be done."""

    def visible_to(self, user: User) -> Self:
        """Keep the signatures of the partners that `user` works for; staff see all."""
        return self if user.is_staff else self.filter(account__partner__memberships__user=user)

    def usable_on(self, day: date) -> Self:
        """Keep the approved ones that their papers still prove on a day of Asia/Shanghai."""
        return self.filter(
            Q(holds_until__isnull=True) | Q(holds_until__gt=day), status=SignatureStatus.APPROVED
        )


@pghistory.track()
class Signature(Application):
    """A text that an account wants to stand, or may stand, in its messages as 【text】.

    The applicant writes what it is the name of and by whom; that is a working copy. What is judged
    and what holds is in its rounds. `holds_until` and `due_at` are kept from them for the daily
    task and the queue: the day on which the approved papers prove it no longer, and the moment by
    which the open round is to be judged.
    """

    Status = SignatureStatus

    account = models.ForeignKey(
        Account, models.PROTECT, related_name="signatures", verbose_name=_("account")
    )
    text = models.CharField(
        _("signature"), max_length=MAX_CHARACTERS, help_text=_("Without the brackets.")
    )
    source = models.CharField(_("is the name of"), max_length=16, choices=Source)
    source_detail = models.CharField(
        _("domain, App, account, trademark or shop"), max_length=200, blank=True
    )
    use = models.CharField(_("use"), max_length=6, choices=Use, default=Use.OWN)
    letter = models.ForeignKey(
        AuthorisationLetter,
        models.PROTECT,
        related_name="signatures",
        null=True,
        blank=True,
        verbose_name=_("authorisation letter"),
    )
    company_name = models.CharField(_("company on the licence"), max_length=100, blank=True)
    company_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    legal_person = models.CharField(_("legal person"), max_length=50, blank=True)
    operator_name = models.CharField(_("person in charge"), max_length=50, blank=True)
    operator_id_tail = models.CharField(
        _("last 4 of the ID number"),
        max_length=4,
        blank=True,
        help_text=_("The whole number stands on the ID card alone; it is not kept."),
    )
    sample_texts = ArrayField(
        models.CharField(max_length=500),
        default=list,
        blank=True,
        verbose_name=_("sample messages"),
    )
    status = models.CharField(
        _("status"), max_length=9, choices=SignatureStatus, default=SignatureStatus.DRAFT
    )
    is_default = models.BooleanField(
        _("default"), default=False, help_text=_("Used where a send names no signature.")
    )
    holds_until = models.DateField(_("proved until"), null=True, blank=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "text"],
                condition=~Q(status__in=["REVOKED", "ABANDONED"]),
                name="signatures_signature_one_text_per_account",
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(is_default=True),
                name="signatures_signature_one_default_per_account",
            ),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(status__in=["APPROVED", "SUSPENDED", "EXPIRED"]),
                name="signatures_signature_default_was_approved",
            ),
            models.CheckConstraint(
                condition=Q(status__in=SignatureStatus.values),
                name="signatures_signature_status_known",
            ),
            models.CheckConstraint(
                condition=Q(source__in=Source.values), name="signatures_signature_source_known"
            ),
            models.CheckConstraint(
                condition=Q(use="BEHALF") | Q(use="OWN", letter__isnull=True),
                name="signatures_signature_own_use_needs_no_letter",
            ),
            models.CheckConstraint(
                condition=Q(text__regex=f"^{ALLOWED}{{{MIN_CHARACTERS},{MAX_CHARACTERS}}}$"),
                name="signatures_signature_text_form",
            ),
            models.CheckConstraint(
                condition=Q(operator_id_tail__regex=r"^([0-9]{3}[0-9X])?$"),
                name="signatures_signature_id_tail_form",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["DRAFT", "ABANDONED"]) | Q(submitted_at__isnull=False),
                name="signatures_signature_submitted_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["DRAFT", "SUBMITTED", "ABANDONED"])
                | Q(judged_at__isnull=False),
                name="signatures_signature_judged_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="SUBMITTED") | Q(due_at__isnull=False),
                name="signatures_signature_submitted_is_due",
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True)
                | Q(status__in=["SUBMITTED", "APPROVED", "SUSPENDED", "EXPIRED"]),
                name="signatures_signature_due_is_open",
            ),
            models.CheckConstraint(
                condition=~Q(judged_by=models.F("entered_by")),
                name="signatures_signature_four_eyes",
            ),
        ]
        indexes = [
            models.Index(
                fields=["holds_until"],
                condition=Q(status__in=["APPROVED", "SUSPENDED"]),
                name="signatures_signature_ending",
            ),
        ]

    def __str__(self) -> str:
        return f"【{self.text}】"

    @property
    def is_over(self) -> bool:
        """Whether it ended for good."""
        return self.status in OVER
