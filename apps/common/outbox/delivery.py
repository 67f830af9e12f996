"""Handing events to their consumers: once each, whatever fails in between."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction

from apps.common.choices import DeliveryStatus
from apps.common.errors import ConflictError
from apps.common.models import OutboxDelivery, OutboxEvent
from apps.common.outbox import consumers, encoding, events
from apps.common.outbox.events import Event

logger = structlog.get_logger(__name__)

# How long an attempt is left alone before the next one; two days in all, then it is given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60, 180, 360, 720, 1440))
MAX_ATTEMPTS = len(PAUSES)
SWEPT_AT_ONCE = 1_000
_ERROR_LENGTH = 500


def deliver_event(*, event_id: UUID, at: datetime) -> int:
    """Hand an event to the consumers that wait for it; return how many handled it now."""
    return _deliver(OutboxDelivery.objects.due(at).filter(event=event_id).order_by("pk"), at)


def deliver_due(*, at: datetime) -> int:
    """Hand out everything that is due, longest due first; return how many were handled now."""
    due = OutboxDelivery.objects.due(at).order_by("due_at", "pk")
    return _deliver(due[:SWEPT_AT_ONCE], at)


@transaction.atomic
def retry(*, delivery_id: int, by: str, at: datetime) -> OutboxDelivery:
    """Begin the attempts anew, now, because somebody asked for it; `by` is their name.

    Raises:
        ConflictError: it is handled already.
    """
    delivery = OutboxDelivery.objects.select_for_update().get(pk=delivery_id)
    if delivery.status == DeliveryStatus.DONE:
        raise ConflictError
    delivery.status = DeliveryStatus.WAITING
    delivery.attempts, delivery.due_at, delivery.retried_by = 0, at, by[:150]
    delivery.save(update_fields=["status", "attempts", "due_at", "retried_by"])
    return delivery


def _deliver(deliveries: Iterable[OutboxDelivery], at: datetime) -> int:
    return sum(_attempt(delivery.pk, at) for delivery in list(deliveries))


def _attempt(delivery_id: int, at: datetime) -> bool:
    """Try once; True when the event was handled. What a handler raises stays with its delivery."""
    attempt = _begin(delivery_id, at)
    if attempt is None:
        return False
    try:
        return _handle(delivery_id, attempt, at)
    except Exception as error:
        logger.exception("outbox_failed", delivery=delivery_id, attempt=attempt)
        _note_failure(delivery_id, attempt, error)
        return False


@transaction.atomic
def _begin(delivery_id: int, at: datetime) -> int | None:
    """Count an attempt and put the next one off; None when somebody else has it."""
    found = OutboxDelivery.objects.due(at).filter(pk=delivery_id)
    delivery = found.select_for_update(skip_locked=True).first()
    if delivery is None:
        return None
    delivery.attempts += 1
    delivery.due_at = at + PAUSES[min(delivery.attempts, MAX_ATTEMPTS) - 1]
    delivery.save(update_fields=["attempts", "due_at"])
    return delivery.attempts


@transaction.atomic
def _handle(delivery_id: int, attempt: int, at: datetime) -> bool:
    """Handle the event and mark it handled; False when a later attempt overtook this one."""
    waiting = OutboxDelivery.objects.filter(
        pk=delivery_id, attempts=attempt, status=DeliveryStatus.WAITING
    )
    delivery = waiting.select_for_update(skip_locked=True).first()
    if delivery is None:
        return False
    consumer = consumers.of_name(delivery.consumer)
    consumer.handle(event=typed(delivery.event), event_id=delivery.event_id, at=at)
    delivery.status, delivery.done_at, delivery.last_error = DeliveryStatus.DONE, at, ""
    delivery.save(update_fields=["status", "done_at", "last_error"])
    return True


def typed(row: OutboxEvent) -> Event:
    """Return a stored event as the object that its consumers take."""
    return encoding.event_of(
        events.of_name(row.name),
        row.payload,
        subject_id=row.subject_id,
        partner_id=row.partner_id,
        account_id=row.account_id,
    )


def _note_failure(delivery_id: int, attempt: int, error: Exception) -> None:
    """Keep the first line of what went wrong: the lines after it may quote the row."""
    first_line = str(error).partition("\n")[0]
    is_last = attempt >= MAX_ATTEMPTS
    OutboxDelivery.objects.filter(
        pk=delivery_id, attempts=attempt, status=DeliveryStatus.WAITING
    ).update(
        last_error=f"{type(error).__name__}: {first_line}"[:_ERROR_LENGTH],
        status=DeliveryStatus.FAILED if is_last else DeliveryStatus.WAITING,
    )
