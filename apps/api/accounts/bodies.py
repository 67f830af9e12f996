"""What may be asked of accounts."""

from apps.api import fields
from apps.api.bodies import Body
from apps.ledger.models import MAX_NOTE
from apps.ledger.services.alerts import MAX_THRESHOLD
from apps.rates.drafting import MAX_SEGMENTS


class TransferBody(Body):
    """Segments to move from this account to another of the partner's."""

    to: str = fields.line(
        20, pattern="^[0-9A-Za-z]{4,20}$", description="The code of the account that gets them."
    )
    segments: int = fields.whole_number(1, MAX_SEGMENTS)
    note: str = fields.line(MAX_NOTE, default="", description="Shown in both ledgers.")


class AccountBody(Body):
    """What is to be changed about an account."""

    alert_below: int | None = fields.whole_number(
        1,
        MAX_THRESHOLD,
        null=True,
        description="Warn once each time fewer segments are available; null never.",
    )
