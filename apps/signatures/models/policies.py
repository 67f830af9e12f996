"""What staff may set about signatures."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.signatures.choices import RegisteringOperator
from apps.signatures.rules import texts

ONLY_ROW = 1


def default_generic_words() -> list[str]:
    """Return the words that name nobody in particular."""
    return list(texts.DEFAULT_GENERIC_WORDS)


@pghistory.track()
class SignaturePolicy(models.Model):
    """The one row of rules that differ between carriers and years; changed by administrators.

    What holds is judged when a signature is drafted, edited or submitted: signatures that were
    approved under earlier rules stay. A migration writes the row; without it the defaults hold.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY_ROW, editable=False)
    min_characters = models.PositiveSmallIntegerField(
        _("shortest signature"), default=texts.MIN_CHARACTERS, help_text=_("2 to 32 characters.")
    )
    max_characters = models.PositiveSmallIntegerField(
        _("longest signature"),
        default=texts.DEFAULT_MAX_CHARACTERS,
        help_text=_("2 to 32 characters."),
    )
    generic_words = ArrayField(
        models.CharField(max_length=texts.MAX_CHARACTERS),
        default=default_generic_words,
        blank=True,
        verbose_name=_("words too general to be a signature"),
        help_text=_("One word a line."),
    )
    is_real_name_required = models.BooleanField(
        _("real-name filing is required"),
        default=False,
        help_text=_(
            "Applications then need the legal person, the person in charge and that person's ID "
            "card. Otherwise the reviewer is told what is not there."
        ),
    )
    required_operators = ArrayField(
        models.CharField(max_length=8, choices=RegisteringOperator),
        default=list,
        blank=True,
        verbose_name=_("registered with, before approval"),
        help_text=_(
            "A signature is approved only when these operators have registered it. With none, "
            "registration never keeps a signature from being used."
        ),
    )

    class Meta:
        verbose_name = _("signature rules")
        verbose_name_plural = _("signature rules")
        constraints = [
            models.CheckConstraint(condition=Q(id=ONLY_ROW), name="signatures_policy_only_one"),
            models.CheckConstraint(
                condition=Q(
                    min_characters__gte=texts.MIN_CHARACTERS,
                    max_characters__lte=texts.MAX_CHARACTERS,
                    max_characters__gte=F("min_characters"),
                ),
                name="signatures_policy_lengths",
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def text_rules(self) -> texts.TextRules:
        """Return what the rules of texts need."""
        return texts.TextRules(
            min_characters=self.min_characters,
            max_characters=self.max_characters,
            generic_words=frozenset(self.generic_words),
        )
