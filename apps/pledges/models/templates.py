"""Versions of the wording that pledges are printed from."""

from typing import Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.pledges.choices import TemplateStatus
from apps.pledges.rules import MAX_WORDING_CHARACTERS
from apps.users.models import User


class PledgeTemplateQuerySet(models.QuerySet["PledgeTemplate"]):
    """Versions of the wording by what may be done with them."""

    def published(self) -> Self:
        """Keep the versions that may be printed, the newest first."""
        return self.filter(status=TemplateStatus.PUBLISHED).order_by("-version")


@pghistory.track()
class PledgeTemplate(models.Model):
    """One version of the wording: drafted and changed by staff, then published for good.

    The newest published one is printed. The database lets nobody change or delete a published one:
    customers have signed it.
    """

    Status = TemplateStatus

    version = models.PositiveIntegerField(_("version"), unique=True)
    title = models.CharField(_("title"), max_length=50)
    wording = models.TextField(_("wording"), max_length=MAX_WORDING_CHARACTERS)
    status = models.CharField(
        _("status"), max_length=9, choices=TemplateStatus, default=TemplateStatus.DRAFT
    )
    drafted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("drafted by")
    )
    drafted_at = models.DateTimeField(_("drafted at"))
    published_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("published by")
    )
    published_at = models.DateTimeField(_("published at"), null=True)

    objects = PledgeTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("pledge wording")
        verbose_name_plural = _("pledge wordings")
        constraints = [
            models.CheckConstraint(
                condition=Q(status="DRAFT", published_at__isnull=True)
                | Q(status="PUBLISHED", published_at__isnull=False),
                name="pledges_template_published_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(wording=""), name="pledges_template_wording_not_empty"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="pledges_template_version"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__status="PUBLISHED"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"
