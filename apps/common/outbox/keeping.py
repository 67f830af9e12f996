"""How long news is kept."""

from datetime import datetime, timedelta

import pgtrigger
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from apps.common import ids
from apps.common.choices import DeliveryStatus
from apps.common.models import OutboxDelivery, OutboxEvent

DELETED_AT_ONCE = 5_000


def forget_old(*, at: datetime) -> int:
    """Delete events past `OUTBOX_KEPT_DAYS` that nobody waits for; return how many.

    What was given up is kept, however old: somebody is to look at it.
    """
    bound = ids.floor(at - timedelta(days=settings.OUTBOX_KEPT_DAYS))
    open_ones = OutboxDelivery.objects.filter(event=OuterRef("pk")).exclude(
        status=DeliveryStatus.DONE
    )
    old = OutboxEvent.objects.filter(~Exists(open_ones), pk__lt=bound).order_by("pk")
    deleted = 0
    while batch := list(old.values_list("pk", flat=True)[:DELETED_AT_ONCE]):
        with transaction.atomic(), pgtrigger.ignore("common.OutboxEvent:swept_only"):
            OutboxDelivery.objects.filter(event__in=batch).delete()
            OutboxEvent.objects.filter(pk__in=batch).delete()
        deleted += len(batch)
    return deleted
