"""Rounds: what was submitted, and what was decided about it."""

from typing import Self

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.reviews import models as reviews
from apps.reviews.models import kept_for_good, one_waiting
from apps.signatures.choices import Source, Use
from apps.signatures.models.letters import AuthorisationLetter, letter_path
from apps.signatures.models.proofs import ProofDocument
from apps.signatures.models.signatures import Signature
from apps.signatures.rules.texts import MAX_CHARACTERS
from apps.users.models import User


class RoundQuerySet(reviews.RoundQuerySet):
    """Rounds by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the rounds of the partners that `user` works for; staff see all."""
        if user.is_staff:
            return self
        return self.filter(signature__account__partner__memberships__user=user)


@pghistory.track()
class Round(reviews.Round):
    """One submission of a signature, with its text, particulars and papers as they were."""

    signature = models.ForeignKey(
        Signature, models.PROTECT, related_name="rounds", verbose_name=_("signature")
    )
    text = models.CharField(_("signature"), max_length=MAX_CHARACTERS)
    source = models.CharField(_("is the name of"), max_length=16, choices=Source)
    use = models.CharField(_("use"), max_length=6, choices=Use)
    particulars = models.JSONField(_("particulars"), default=dict)
    letter = models.ForeignKey(
        AuthorisationLetter,
        models.PROTECT,
        related_name="signature_rounds",
        null=True,
        verbose_name=_("authorisation letter"),
    )
    proofs = models.ManyToManyField(
        ProofDocument, related_name="rounds", verbose_name=_("proof documents")
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [*reviews.Round.Meta.constraints, one_waiting("signature")]
        indexes = [
            *reviews.Round.Meta.indexes,
            models.Index(fields=["text"], name="signatures_round_text"),
        ]


@pghistory.track()
class LetterRound(reviews.Round):
    """One submission of an authorisation letter, with what it was said to say and its scan.

    The database lets nobody change it once it is closed, or delete it.
    """

    letter = models.ForeignKey(
        AuthorisationLetter,
        models.PROTECT,
        related_name="rounds",
        verbose_name=_("authorisation letter"),
    )
    particulars = models.JSONField(_("particulars"), default=dict)
    file = models.FileField(_("scan"), upload_to=letter_path)
    sha256 = models.CharField("SHA-256", max_length=64)

    objects = reviews.RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [*reviews.Round.Meta.constraints, one_waiting("letter")]
        indexes = [*reviews.Round.Meta.indexes]
        triggers = kept_for_good()
