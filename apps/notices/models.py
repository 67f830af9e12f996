"""What people are told: one row per person and event."""

from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.users.models import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices by whose they are and whether they were read; newest first."""

    def of(self, user: User) -> Self:
        """Keep those of one person: nobody reads another's, staff neither."""
        return self.filter(user=user)

    def unread(self) -> Self:
        """Keep those that were not read."""
        return self.filter(read_at__isnull=True)

    def to_mail(self) -> Self:
        """Keep those whose mail has not gone out."""
        return self.exclude(mail_to="").filter(mailed_at__isnull=True)

    def newest_first(self) -> Self:
        """Sort as they are shown."""
        return self.order_by("-pk")


class Notice(models.Model):
    """That one person is told of one event, on a page and, where an address is known, by mail.

    Written by the outbox's consumer, once for each event and person. It keeps the event's own
    words (`params`); the text is put together when it is shown, in the language of the page.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    event_id = models.UUIDField()
    event = models.CharField(_("event"), max_length=64)
    params = models.JSONField(encoder=DjangoJSONEncoder)
    subject_kind = models.CharField(max_length=32)
    subject_id = models.CharField(max_length=40)
    created_at = models.DateTimeField(_("at"))
    read_at = models.DateTimeField(_("read at"), null=True)
    mail_to = models.EmailField(_("mail to"), blank=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(
                fields=["event_id", "user"], name="notices_notice_one_per_event_and_person"
            )
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="notices_notice_newest"),
            models.Index(
                fields=["user"],
                condition=models.Q(read_at__isnull=True),
                name="notices_notice_unread",
            ),
            models.Index(
                fields=["created_at"],
                condition=models.Q(mailed_at__isnull=True) & ~models.Q(mail_to=""),
                name="notices_notice_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.user}"
