"""Row locks of partners' things. Order: partner, then account, each by primary key.

They leave the key alone (FOR NO KEY UPDATE), so that rows that point here can be written meanwhile.
"""

from apps.common.errors import NotFoundError
from apps.partners.models import Account, Partner


def partner(partner_id: int) -> Partner:
    """Lock and return one partner."""
    found = Partner.objects.select_for_update(no_key=True).filter(pk=partner_id).first()
    if found is None:
        raise NotFoundError(partner_id=partner_id)
    return found


def account(account_id: int) -> Account:
    """Lock and return one account, with its partner and customer read beside it."""
    found = (
        Account.objects.select_for_update(of=("self",), no_key=True)
        .select_related("partner", "customer")
        .filter(pk=account_id)
        .first()
    )
    if found is None:
        raise NotFoundError(account_id=account_id)
    return found
