"""What the message log shows: messages read by key, newest first, never by page number."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from apps.common import ids
from apps.common.clock import SHANGHAI
from apps.messaging.models import Message
from apps.messaging.queries import list_newest_ids

_FIRST_ID = UUID(int=0)
_LAST_ID = UUID(int=2**128 - 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageFilter:
    """What a message log was narrowed to; dates are days of Asia/Shanghai, both included."""

    status: str = ""
    number: str = ""
    since: date | None = None
    until: date | None = None
    before: UUID = field(default=_LAST_ID)

    @property
    def lower(self) -> UUID:
        """The lowest id that the period allows."""
        return ids.floor(_midnight(self.since)) if self.since else _FIRST_ID

    @property
    def upper(self) -> UUID:
        """The id below which messages are asked for."""
        if self.until is None:
            return self.before
        return min(self.before, ids.floor(_midnight(self.until + timedelta(days=1))))


def newest_messages(
    account_ids: Sequence[int], narrowed: MessageFilter, *, limit: int
) -> list[Message]:
    """Return the newest messages of some accounts, with batch and account, newest first."""
    found = list_newest_ids(
        account_ids,
        first=narrowed.lower,
        below=narrowed.upper,
        status=narrowed.status,
        number=narrowed.number,
        limit=limit,
    )
    messages = Message.objects.filter(pk__in=found, account__in=account_ids)
    return list(messages.select_related("batch", "account").order_by("-pk"))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=SHANGHAI)
