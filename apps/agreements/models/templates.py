"""Versions of the agreement's wording."""

from typing import Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.agreements.choices import ClauseKind, TemplateStatus
from apps.users.models import User

# FOR SHARE waits for whoever publishes the version at this moment; the next statement sees it.
_REFUSE_IN_PUBLISHED = """
    PERFORM 1 FROM agreements_agreementtemplate WHERE id IN (
        CASE WHEN TG_OP <> 'INSERT' THEN OLD.template_id END,
        CASE WHEN TG_OP <> 'DELETE' THEN NEW.template_id END) FOR SHARE;
    IF EXISTS (SELECT 1 FROM agreements_agreementtemplate WHERE status = 'PUBLISHED' AND id IN (
        CASE WHEN TG_OP <> 'INSERT' THEN OLD.template_id END,
        CASE WHEN TG_OP <> 'DELETE' THEN NEW.template_id END)) THEN
        RAISE EXCEPTION 'pgtrigger: Cannot change the clauses of a published version';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


class AgreementTemplateQuerySet(models.QuerySet["AgreementTemplate"]):
    """Versions by what may be done with them."""

    def published(self) -> Self:
        """Keep the versions that agreements can be made from, the newest first."""
        return self.filter(status=TemplateStatus.PUBLISHED).order_by("-version")


@pghistory.track()
class AgreementTemplate(models.Model):
    """A version of the wording: written by staff while a draft, and for good once published."""

    Status = TemplateStatus

    version = models.PositiveIntegerField(_("version"), unique=True)
    title = models.CharField(_("title"), max_length=60)
    status = models.CharField(
        _("status"), max_length=9, choices=TemplateStatus, default=TemplateStatus.DRAFT
    )
    note = models.CharField(_("what is new"), max_length=200, blank=True)
    drafted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("drafted by")
    )
    drafted_at = models.DateTimeField(_("drafted at"))
    published_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("published by")
    )
    published_at = models.DateTimeField(_("published at"), null=True)

    objects = AgreementTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement template")
        verbose_name_plural = _("agreement templates")
        constraints = [
            models.CheckConstraint(
                condition=Q(status="DRAFT", published_at__isnull=True)
                | Q(status="PUBLISHED", published_at__isnull=False),
                name="agreements_agreementtemplate_published_has_moment",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.status = 'PUBLISHED'"),
            )
        ]

    def __str__(self) -> str:
        return gettext("%(title)s, version %(version)s") % {
            "title": self.title,
            "version": self.version,
        }


@pghistory.track()
class TemplateClause(models.Model):
    """One clause of a version, by its place; a blank is a name of `choices.Blank` in braces."""

    template = models.ForeignKey(
        AgreementTemplate, models.CASCADE, related_name="clauses", verbose_name=_("template")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=7, choices=ClauseKind)
    number = models.CharField(_("number"), max_length=11, help_text=_("Such as 6, 6.4 or 6.4.1."))
    title = models.CharField(_("title"), max_length=60, blank=True)
    text = models.TextField(_("text"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        constraints = [
            models.UniqueConstraint(
                fields=["template", "position"],
                name="agreements_templateclause_one_a_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["template", "kind", "number"], name="agreements_templateclause_one_a_number"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ClauseKind.values),
                name="agreements_templateclause_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9]{1,3}(\.[0-9]{1,3}){0,2}$"),
                name="agreements_templateclause_number_form",
            ),
            models.CheckConstraint(
                condition=~Q(title="", text=""), name="agreements_templateclause_says_something"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="published_is_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_REFUSE_IN_PUBLISHED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()
