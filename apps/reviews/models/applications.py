"""What is handed in and judged: the columns that every kind has."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.users.models import User


class Application(models.Model):
    """Something that a partner enters, hands in and has judged; the base of every kind.

    The applicant works on it until it is handed in. What was handed in, and what was decided about
    it, stands in its rounds (`rounds`); the columns here are those of the last one, kept for lists
    and constraints. A kind adds `status` with the table of its states.
    """

    status = models.CharField(_("status"), max_length=9, default="DRAFT")
    entered_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"))
    submitted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("submitted by")
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    due_at = models.DateTimeField(_("due at"), null=True)
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

    def get_status_display(self) -> str:
        """Return the state in words; Django writes this anew where a kind names its states."""
        return self.status
