"""Row locks of partners' things, each by primary key.

Order: partner, then customer, then account. They leave the key alone (FOR NO KEY UPDATE), so that
rows that point here can be written meanwhile.
"""

from apps.common.errors import NotFoundError
from apps.partners.models import Account, Customer, Partner


def partner(partner_id: int) -> Partner:
    """Lock and return one partner."""
    found = Partner.objects.select_for_update(no_key=True).filter(pk=partner_id).first()
    if found is None:
        raise NotFoundError(partner_id=partner_id)
    return found


def customer(customer_id: int) -> Customer:
    """Lock a customer's partner, within which its name and code are unique; then itself."""
    partner_ids = Customer.objects.filter(pk=customer_id).values_list("partner_id", flat=True)
    owner = partner(partner_ids.first() or 0)
    found = Customer.objects.select_for_update(no_key=True).get(pk=customer_id)
    found.partner = owner
    return found


def accounts_of(customer: Customer) -> list[Account]:
    """Lock and return a customer's accounts, by primary key."""
    found = Account.objects.select_for_update(no_key=True).filter(customer=customer)
    return list(found.order_by("pk"))


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
