"""Credit moved between a partner's accounts."""

from apps.audit.actors import SYSTEM
from apps.common import clock
from apps.ledger.models import Transfer
from apps.ledger.services import credits as ledger_credits
from tests.factories.partners import AccountFactory


def make_transfer(segments: int = 300) -> Transfer:
    """Give a customer's account so many segments out of its partner's own."""
    own = AccountFactory()
    at = clock.now()
    ledger_credits.recharge(account_id=own.pk, segments=segments, recharge_id=1, by=SYSTEM, at=at)
    return ledger_credits.transfer(
        source=own,
        target=AccountFactory(partner=own.partner, of_customer=True),
        segments=segments,
        note="三月额度",
        by=SYSTEM,
        at=at,
    )
