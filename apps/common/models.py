"""Tables that know nothing of SMS."""

from django.db import models


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
