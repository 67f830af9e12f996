"""Rounds: what was submitted, and what was decided about it."""

from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.signatures.choices import RoundStatus, Source, Use
from apps.signatures.models.letters import AuthorisationLetter
from apps.signatures.models.proofs import ProofDocument
from apps.signatures.models.signatures import Signature
from apps.signatures.reasons import labels_of, remedies_of
from apps.signatures.rules.texts import MAX_CHARACTERS
from apps.users.models import User


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds by who may see them and by what is to be done."""

    def visible_to(self, user: User) -> Self:
        """Keep the rounds of the partners that `user` works for; staff see all."""
        if user.is_staff:
            return self
        return self.filter(signature__account__partner__memberships__user=user)

    def waiting(self) -> Self:
        """Keep those that wait to be judged, the first due first."""
        return self.filter(status=RoundStatus.WAITING).order_by("due_at", "pk")


@pghistory.track()
class Round(models.Model):
    """One submission of a work order, as it was when it was handed in, and its decision.

    Written when the applicant submits; afterwards only urged, withdrawn or judged. A work order
    has one round for each time it was handed in; a renewal is a work order of its own.
    """

    Status = RoundStatus

    signature = models.ForeignKey(
        Signature, models.PROTECT, related_name="rounds", verbose_name=_("signature")
    )
    order_number = models.CharField(_("work order"), max_length=20)
    number = models.PositiveSmallIntegerField(_("round"))
    is_renewal = models.BooleanField(_("renewal"), default=False)
    status = models.CharField(
        _("status"), max_length=9, choices=RoundStatus, default=RoundStatus.WAITING
    )
    text = models.CharField(_("signature"), max_length=MAX_CHARACTERS)
    source = models.CharField(_("is the name of"), max_length=16, choices=Source)
    use = models.CharField(_("use"), max_length=6, choices=Use)
    particulars = models.JSONField(_("particulars"), default=dict)
    letter = models.ForeignKey(
        AuthorisationLetter,
        models.PROTECT,
        related_name="rounds",
        null=True,
        verbose_name=_("authorisation letter"),
    )
    proofs = models.ManyToManyField(
        ProofDocument, related_name="rounds", verbose_name=_("proof documents")
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

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.UniqueConstraint(
                fields=["order_number", "number"], name="signatures_round_number_once"
            ),
            models.UniqueConstraint(
                fields=["signature"],
                condition=Q(status="WAITING"),
                name="signatures_round_one_open_per_signature",
            ),
            models.CheckConstraint(
                condition=Q(status__in=RoundStatus.values), name="signatures_round_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status="WAITING") | Q(judged_at__isnull=False),
                name="signatures_round_closed_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="REJECTED") | ~Q(reasons=[]) | ~Q(remark=""),
                name="signatures_round_rejected_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(judged_by=F("submitted_by")) | Q(status="WITHDRAWN"),
                name="signatures_round_four_eyes",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(status="WAITING"),
                name="signatures_round_waiting",
            ),
            models.Index(fields=["text"], name="signatures_round_text"),
        ]

    def __str__(self) -> str:
        return f"{self.order_number}-{self.number}"

    @property
    def reason_labels(self) -> list[str]:
        """The reasons of a refusal in the reader's language."""
        return labels_of(self.reasons)

    @property
    def remedies(self) -> list[str]:
        """What to do about them, in the reader's language."""
        return remedies_of(self.reasons)


class OrderCounter(models.Model):
    """The last work-order number given out for a kind of application on a day.

    Raised in the transaction that uses the number, so that a number is never missing.
    """

    prefix = models.CharField(max_length=2)
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "order counter"
        verbose_name_plural = "order counters"
        constraints = [
            models.UniqueConstraint(fields=["prefix", "day"], name="signatures_ordercounter_once")
        ]

    def __str__(self) -> str:
        return f"{self.prefix}{self.day} {self.last}"
