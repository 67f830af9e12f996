"""Batches, their messages, what waits to go out, what went out and what carriers said of it.

    Batch 1 ─ n Message          one accepted request; one recipient of it
          1 ─ n Chunk            a run of its messages for one operator that waits for a worker
    Submission                   a message handed to a carrier, under the carrier's id
    Receipt                      the carrier's word, kept as it came, matched through Submission
    StatusChange                 that a message came into a status, for those who must be told

Tables lead with the account in the database's primary key, so that they can be sharded by it, and
`messaging_message` is partitioned by its time-ordered id. Rows are written in bulk with SQL
(`sql.py`), never one by one through the ORM; foreign keys on them carry no constraint, because a
check per row would lock the hot account row once more for every message.
"""

from typing import Self

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.carriers.choices import Operator
from apps.carriers.models import Connector, Route
from apps.messaging.choices import BatchStatus, Kind, MessageStatus
from apps.partners.models import Account
from apps.users.models import User


class BatchQuerySet(models.QuerySet["Batch"]):
    """Batches by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the batches of the partners that `user` works for; staff see all."""
        return self if user.is_staff else self.filter(account__partner__memberships__user=user)


class Batch(models.Model):
    """One accepted send request. Written once at acceptance; only `status` changes later."""

    id = models.UUIDField(primary_key=True, editable=False)
    account = models.ForeignKey(
        Account, models.DO_NOTHING, db_constraint=False, db_index=False, verbose_name=_("account")
    )
    status = models.CharField(_("status"), max_length=9, choices=BatchStatus)
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    signature = models.CharField(_("signature"), max_length=32)
    text = models.CharField(_("text"), max_length=500, help_text=_("Without the signature."))
    extension = models.CharField(_("extension"), max_length=6, db_default="")
    reference = models.CharField(_("reference"), max_length=128, null=True)  # noqa: DJ001 - null is REST's null
    send_at = models.DateTimeField(_("send at"), null=True)
    expires_at = models.DateTimeField(_("expires at"))
    is_test = models.BooleanField(_("test"), db_default=False)
    refund_rule = models.CharField(_("refund rule"), max_length=10)
    accepted_count = models.IntegerField(_("messages"))
    segments = models.IntegerField(_("segments"))
    rejected = models.JSONField(_("rejected recipients"), db_default=[])
    first_message_id = models.UUIDField()
    created_at = models.DateTimeField(_("accepted at"))

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")

    def __str__(self) -> str:
        return self.id.hex


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the messages of the partners that `user` works for; staff see all."""
        return self if user.is_staff else self.filter(account__partner__memberships__user=user)


class Message(models.Model):
    """One recipient of a batch."""

    id = models.UUIDField(primary_key=True, editable=False)
    account = models.ForeignKey(
        Account, models.DO_NOTHING, db_constraint=False, db_index=False, verbose_name=_("account")
    )
    batch = models.ForeignKey(
        Batch, models.DO_NOTHING, db_constraint=False, db_index=False, verbose_name=_("batch")
    )
    number = models.CharField(_("number"), max_length=12)
    operator = models.CharField(_("operator"), max_length=8, choices=Operator)
    segments = models.SmallIntegerField(_("segments"))
    status = models.CharField(_("status"), max_length=11, choices=MessageStatus)
    text = models.CharField(  # noqa: DJ001 - null says: the batch's text
        _("personal text"), max_length=500, null=True
    )
    carrier_code = models.CharField(_("carrier's code"), max_length=20, db_default="")
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self) -> str:
        return self.id.hex


class Chunk(models.Model):
    """A run of consecutive message ids of one batch and operator that waits to be handed over.

    Written with the batch, claimed by a worker for the length of a lease, deleted in the
    transaction that records the carrier's answers. A lease that ran out marks the crash window:
    the next worker asks the carrier what it has before it sends any of them again.
    """

    id = models.UUIDField(primary_key=True, help_text="The first message's id.")
    account = models.ForeignKey(Account, models.DO_NOTHING, db_constraint=False, db_index=False)
    batch_id = models.UUIDField()
    operator = models.CharField(max_length=8, choices=Operator)
    message_count = models.IntegerField()
    is_test = models.BooleanField(db_default=False)
    priority = models.SmallIntegerField()
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    route = models.ForeignKey(
        Route, models.DO_NOTHING, null=True, db_constraint=False, db_index=False
    )
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=64, db_default="")
    attempts = models.SmallIntegerField(db_default=0)

    class Meta:
        verbose_name = _("chunk")
        verbose_name_plural = _("chunks")
        indexes = [
            models.Index(
                fields=["operator", "is_test", "priority", "due_at", "id"],
                name="messaging_chunk_waiting",
                condition=Q(leased_until__isnull=True),
            ),
            models.Index(
                fields=["leased_until"],
                name="messaging_chunk_leased",
                condition=Q(leased_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id.hex}+{self.message_count}"


class Submission(models.Model):
    """That a message was handed to a carrier, and the id the carrier gave it."""

    connector = models.ForeignKey(Connector, models.DO_NOTHING, db_constraint=False, db_index=False)
    carrier_id = models.CharField(max_length=64)
    account = models.ForeignKey(Account, models.DO_NOTHING, db_constraint=False, db_index=False)
    message_id = models.UUIDField()
    submitted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        indexes = [BrinIndex(fields=["submitted_at"], name="messaging_submission_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["connector", "carrier_id"], name="messaging_submission_one_per_carrier_id"
            )
        ]

    def __str__(self) -> str:
        return self.carrier_id


class Receipt(models.Model):
    """The carrier's word on one message, kept as it came: repeated, early, late or for nobody."""

    id = models.UUIDField(primary_key=True, editable=False)
    connector = models.ForeignKey(Connector, models.DO_NOTHING, db_constraint=False, db_index=False)
    carrier_id = models.CharField(max_length=64)
    status = models.CharField(max_length=11, choices=MessageStatus)
    code = models.CharField(max_length=20, db_default="")
    done_at = models.DateTimeField()
    received_at = models.DateTimeField()
    account = models.ForeignKey(
        Account, models.DO_NOTHING, null=True, db_constraint=False, db_index=False
    )
    message_id = models.UUIDField(null=True)
    matched_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        indexes = [
            models.Index(
                fields=["account", "message_id"],
                name="messaging_receipt_of_message",
            ),
            models.Index(
                fields=["received_at"],
                name="messaging_receipt_unmatched",
                condition=Q(matched_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carrier_id} {self.status}"


class StatusChange(models.Model):
    """That a message came into a status. Written with the change itself, never changed, kept a week.

    Read through `feed`, which knows what was committed when; partitioned by `told_at`, a day each.
    """

    position = models.BigIntegerField(primary_key=True, editable=False)
    account = models.ForeignKey(Account, models.DO_NOTHING, db_constraint=False, db_index=False)
    transaction_number = models.BigIntegerField()
    message_id = models.UUIDField()
    batch_id = models.UUIDField()
    status = models.CharField(max_length=11, choices=MessageStatus)
    code = models.CharField(max_length=20, db_default="")
    happened_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField()

    class Meta:
        verbose_name = _("status change")
        verbose_name_plural = _("status changes")

    def __str__(self) -> str:
        return f"{self.message_id.hex} {self.status}"


class FeedEpoch(models.Model):
    """Since when the transactions' numbers of `StatusChange` are those of a PostgreSQL cluster."""

    epoch = models.IntegerField(primary_key=True)
    cluster = models.CharField(max_length=64, help_text="Its identifier and timeline.")
    began_at = models.DateTimeField()

    class Meta:
        verbose_name = _("feed epoch")
        verbose_name_plural = _("feed epochs")

    def __str__(self) -> str:
        return f"{self.epoch} {self.cluster}"
