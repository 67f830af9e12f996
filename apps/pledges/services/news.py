"""Publishing what happened to a pledge, with what every event of it says."""

from datetime import datetime
from typing import Any

from apps.common import outbox
from apps.pledges.events import PledgeEvent
from apps.pledges.models import Pledge


def tell(event: type[PledgeEvent], pledge: Pledge, at: datetime, **facts: Any) -> None:
    """Publish an event of a pledge, inside the caller's transaction."""
    outbox.publish(
        event(
            partner_id=pledge.customer.partner_id,
            subject_id=str(pledge.pk),
            customer=pledge.customer.name,
            number=pledge.number,
            **facts,
        ),
        at=at,
    )
