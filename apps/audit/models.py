"""Acts that change no row: who looked at what, who came in or tried to. Nobody changes these rows."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.audit.choices import SecurityEventKind


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


class SecurityEvent(models.Model):
    """What happened at a way in, from one address to one name within one minute, and how often.

    Written by `security.record` alone; a repetition within the minute moves `count` and `last_at`
    and nothing else. Swept by age. The person is named rather than linked: audit stands below.
    """

    kind = models.CharField(_("event"), max_length=20, choices=SecurityEventKind)
    person_id = models.BigIntegerField(_("person"), null=True)
    person = models.CharField(_("who"), max_length=150, blank=True)
    address = models.CharField(_("client address"), max_length=45, blank=True)
    agent = models.CharField(_("browser or software"), max_length=120, blank=True)
    detail = models.CharField(_("details"), max_length=200, blank=True)
    minute = models.DateTimeField(_("minute"))
    last_at = models.DateTimeField(_("when"))
    count = models.PositiveIntegerField(_("times"))
    digest = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("security event")
        verbose_name_plural = _("security events")
        constraints = [
            models.UniqueConstraint(
                fields=["minute", "digest"], name="audit_securityevent_one_a_minute"
            ),
            models.CheckConstraint(condition=Q(count__gte=1), name="audit_securityevent_happened"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="only_counted", exclude=["count", "last_at"]),
            pgtrigger.Protect(name="swept_only", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.person}".strip()
