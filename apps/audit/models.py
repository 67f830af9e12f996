"""Acts that change no row: who looked at what. Nobody changes or deletes these rows."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LookQuerySet(models.QuerySet["Look"]):
    """Looks by what was looked at."""

    def about(self, obj: models.Model) -> Self:
        """Keep the looks at one row."""
        return self.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk))


class Look(models.Model):
    """One look of a person at something that is not everybody's, such as a partner's document.

    The row looked at is named rather than linked: audit stands below every app that has one.
    """

    act = models.CharField(_("act"), max_length=60)
    object_type = models.CharField(_("kind of row"), max_length=60)
    object_id = models.CharField(_("row"), max_length=40)
    detail = models.CharField(_("what of it"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    actor_kind = models.CharField(_("kind of person"), max_length=8)
    actor_id = models.BigIntegerField(_("person"), null=True)
    actor = models.CharField(_("who"), max_length=200)
    at = models.DateTimeField(_("when"))

    objects = LookQuerySet.as_manager()

    class Meta:
        verbose_name = _("look")
        verbose_name_plural = _("looks")
        constraints = [
            models.CheckConstraint(
                condition=~Q(act="") & ~Q(object_type=""), name="audit_look_says_what"
            )
        ]
        indexes = [
            models.Index(
                fields=["object_type", "object_id", "-at"], name="audit_look_newest_of_a_row"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.act} {self.object_type}#{self.object_id}"
