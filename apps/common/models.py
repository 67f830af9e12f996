"""Tables that serve every app and know none: answers, counters, days, news on its way."""

from datetime import datetime
from typing import Self

import pghistory
import pgtrigger
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.common.choices import DeliveryStatus


class StoredAnswer(models.Model):
    """The answer given to a POST under an `Idempotency-Key`; replayed for 24 hours.

    Written in the transaction of what the request did, never changed, swept by a daily task. The
    scope is the account; its test keys have one of their own, the account's negative.
    """

    scope = models.BigIntegerField(help_text="The account whose key it is.")
    key = models.CharField(max_length=128)
    fingerprint = models.BinaryField(max_length=32)
    answer = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "key"], name="common_storedanswer_one_per_key")
        ]
        indexes = [models.Index(fields=["created_at"], name="common_storedanswer_age")]

    def __str__(self) -> str:
        return f"{self.scope}/{self.key}"


class SentForm(models.Model):
    """What a form led to, under the key that its page gave it; told again to who sends it again.

    Written in the transaction of what the form did, never changed, swept by a daily task. The
    person is a bare number: this app knows no users.
    """

    person_id = models.BigIntegerField(help_text="Who sent it; another's key is another form.")
    form = models.BinaryField(max_length=32, help_text="Of the address and the key.")
    content = models.BinaryField(max_length=32, help_text="Of what was filled in.")
    made = models.CharField(max_length=40, blank=True, help_text="The draft that it goes on with.")
    leads_to = models.TextField(blank=True)
    says = models.JSONField(help_text="What the next page says: level, text and tags.")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "form"], name="common_sentform_once")
        ]
        indexes = [models.Index(fields=["sent_at"], name="common_sentform_age")]

    def __str__(self) -> str:
        return f"{self.person_id}/{bytes(self.form).hex()}"


class WorkerHeartbeat(models.Model):
    """That a worker process lives: written every few seconds, deleted when it stops by itself."""

    name = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = "worker heartbeat"
        verbose_name_plural = "worker heartbeats"

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """What one subject has used of a limit; written by `counters` alone, swept once it is nothing.

    `free_at` is the moment at which nothing of the limit is used any more, by the database's clock.
    """

    key = models.CharField(max_length=96, primary_key=True)
    free_at = models.DateTimeField()

    class Meta:
        verbose_name = "counter"
        verbose_name_plural = "counters"
        indexes = [models.Index(fields=["free_at"], name="common_counter_free")]

    def __str__(self) -> str:
        return self.key


class OutboxEvent(models.Model):
    """Something that happened, told to apps above in the transaction in which it happened.

    Written by `outbox.publish`, never changed, deleted only by the sweep of old ones. Partner and
    account are bare numbers: this app knows neither.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(_("event"), max_length=64)
    partner_id = models.BigIntegerField(null=True)
    account_id = models.BigIntegerField(null=True)
    subject_kind = models.CharField(_("about"), max_length=32)
    subject_id = models.CharField(max_length=40)
    payload = models.JSONField(encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("outbox event")
        verbose_name_plural = _("outbox events")
        triggers = [
            pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update),
            pgtrigger.Protect(name="swept_only", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject_id}"


class OutboxDeliveryQuerySet(models.QuerySet["OutboxDelivery"]):
    """Deliveries by what is to be done."""

    def due(self, at: datetime) -> Self:
        """Keep those that wait and whose next attempt is due."""
        return self.filter(status=DeliveryStatus.WAITING, due_at__lte=at)


class OutboxDelivery(models.Model):
    """That one consumer handles one event, once; written with the event, moved by the outbox."""

    event = models.ForeignKey(
        OutboxEvent, models.CASCADE, related_name="deliveries", verbose_name=_("event")
    )
    consumer = models.CharField(_("consumer"), max_length=32)
    status = models.CharField(
        _("status"), max_length=8, choices=DeliveryStatus, default=DeliveryStatus.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("next attempt"))
    done_at = models.DateTimeField(_("handled at"), null=True)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)
    retried_by = models.CharField(_("retried by"), max_length=150, blank=True)

    objects = OutboxDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("outbox delivery")
        verbose_name_plural = _("outbox deliveries")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "consumer"], name="common_outboxdelivery_once_per_consumer"
            ),
            models.CheckConstraint(
                condition=Q(status=DeliveryStatus.DONE, done_at__isnull=False)
                | (~Q(status=DeliveryStatus.DONE) & Q(done_at__isnull=True)),
                name="common_outboxdelivery_done_has_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(status=DeliveryStatus.WAITING),
                name="common_outboxdelivery_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.consumer}: {self.event}"


@pghistory.track()
class SpecialDay(models.Model):
    """A day that is worked or not otherwise than the published calendar says; staff enter it."""

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("is worked"), default=False)
    name = models.CharField(_("name"), max_length=50)

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
