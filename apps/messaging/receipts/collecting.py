"""The carrier's word: stored as it came, matched to the message, refunded where the rule says.

A page of receipts and the cursor behind it are stored in one transaction, so none is lost and
none is stored twice by us; what the carrier itself repeats is kept. A receipt that is here before
our own record of the submission stays unmatched until `match_early` finds it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.carriers import receipt_cursors
from apps.carriers.connectors.base import CarrierConnector, CarrierReceipt
from apps.common import ids
from apps.common.database import execute
from apps.messaging.choices import NEXT_MESSAGE_STATUS, MessageStatus
from apps.messaging.models import Receipt
from apps.messaging.receipts import sql
from apps.messaging.receipts.refunds import REFUNDING, refund

LATE_WINDOW = timedelta(hours=72)  # DESIGN section 6.3: how long carriers' receipts are awaited
_SPOKEN = (MessageStatus.DELIVERED, MessageStatus.UNDELIVERED, MessageStatus.UNKNOWN)
_RULES = {
    "finality": [status.value for status in _SPOKEN],
    "steps": [
        f"{status.value}>{following.value}"
        for status, allowed in NEXT_MESSAGE_STATUS.items()
        for following in allowed
        if following in _SPOKEN
    ],
} | REFUNDING
_MOST_CODE = Receipt._meta.get_field("code").max_length or 0
_MOST_CARRIER_ID = Receipt._meta.get_field("carrier_id").max_length or 0


@dataclass(frozen=True, slots=True)
class Collected:
    """How many receipts were stored, how many had a message, how many messages they moved."""

    stored: int = 0
    matched: int = 0
    moved: int = 0


def collect(*, connector_id: int, carrier: CarrierConnector, limit: int, at: datetime) -> Collected:
    """Fetch a page of receipts from the carrier, store it and apply what matches.

    Raises:
        CarrierError: the carrier could not be asked.
    """
    cursor = receipt_cursors.get_cursor(connector_id)
    page = carrier.fetch_receipts(cursor=cursor, limit=limit)
    if not page.receipts:
        return Collected()
    with transaction.atomic():
        if not receipt_cursors.move_cursor(connector_id, begins=cursor, ends=page.cursor):
            return Collected()  # another worker stored this page
        columns = _columns(page.receipts, at=at) | {"connector": connector_id}
        matched, moved = _apply(sql.STORE_RECEIPTS, columns, at=at)
    return Collected(len(page.receipts), matched, moved)


def hold_connector(connector_id: int) -> bool:
    """Hold a connector's receipts for this database session; False while another one does."""
    row = execute(sql.TRY_LOCK_RECEIPTS, {"connector": connector_id}).fetchone()
    return bool(row and row[0])


@transaction.atomic
def match_early(*, since: datetime, at: datetime) -> Collected:
    """Apply the receipts received from `since` on that came before we knew their carrier's id."""
    matched, moved = _apply(sql.MATCH_EARLY, {"since": since}, at=at)
    return Collected(0, matched, moved)


@transaction.atomic
def give_up_waiting(*, since: datetime, at: datetime) -> int:
    """Move messages submitted from `since` on and silent for 72 hours to UNKNOWN; count them.

    Nothing is refunded: the carrier took them. A receipt that comes later still corrects them.
    """
    parameters = {"since": since, "until": at - LATE_WINDOW, "at": at}
    row = execute(sql.GIVE_UP_WAITING, parameters).fetchone()
    return int(row[0]) if row else 0


def _apply(statement: str, parameters: dict[str, Any], *, at: datetime) -> tuple[int, int]:
    rows = execute(statement, parameters | _RULES | {"at": at}).fetchall()
    refunds: Iterable[tuple[int, UUID, int]] = (row[2:] for row in rows if row[2] is not None)
    refund(refunds, at=at)
    return rows[0][0], rows[0][1]


def _columns(receipts: list[CarrierReceipt], *, at: datetime) -> dict[str, Any]:
    first = ids.uuid7_run(at)
    return {
        "ids": [UUID(int=first + n) for n in range(len(receipts))],
        "carrier_ids": [receipt.carrier_id[:_MOST_CARRIER_ID] for receipt in receipts],
        "statuses": [receipt.outcome.value for receipt in receipts],
        "codes": [receipt.code[:_MOST_CODE] for receipt in receipts],
        "moments": [receipt.done_at for receipt in receipts],
    }
