"""Telling people of an event, and what they have read."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.common import jobs
from apps.common.errors import NotFoundError
from apps.common.outbox import Event
from apps.common.outbox.encoding import payload_of
from apps.notices.catalogue import CATALOGUE
from apps.notices.models import Notice
from apps.notices.queries import people_of
from apps.partners.models import Partner
from apps.users.models import User

MAIL_TASK = "apps.notices.tasks.send_mail"


@transaction.atomic
def tell(*, event: Event, event_id: UUID, at: datetime) -> None:
    """Write a notice for everybody whom the event concerns, and enqueue their mails.

    An event that nobody is told of any more is passed over.
    """
    audience = CATALOGUE.get(type(event))
    if audience is None:
        return
    facts = payload_of(event) | {"partner": _name_of(event.partner_id)}
    written = Notice.objects.bulk_create(
        Notice(
            user=person,
            event_id=event_id,
            event=event.name,
            params=facts,
            subject_kind=event.subject_kind,
            subject_id=event.subject_id,
            created_at=at,
            mail_to=person.email,
        )
        for person in people_of(audience, partner_id=event.partner_id)
    )
    for notice in written:
        if notice.mail_to:
            jobs.defer(MAIL_TASK, notice_id=notice.pk)


def mark_read(*, user: User, notice_id: int, at: datetime) -> None:
    """Note that a person has read a notice; once read it stays so.

    Raises:
        NotFoundError: it is not theirs.
    """
    if not Notice.objects.of(user).filter(pk=notice_id).exists():
        raise NotFoundError(notice_id=notice_id)
    Notice.objects.of(user).unread().filter(pk=notice_id).update(read_at=at)


def mark_all_read(*, user: User, at: datetime) -> int:
    """Note that a person has read everything; return how many were new."""
    return Notice.objects.of(user).unread().update(read_at=at)


def _name_of(partner_id: int | None) -> str:
    if partner_id is None:
        return ""
    return Partner.objects.filter(pk=partner_id).values_list("name", flat=True).first() or ""
